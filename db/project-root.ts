import { existsSync } from 'node:fs';
import path from 'node:path';

/** The folder of `package.json`, whether this code runs from its source or from the built bundle. */
export const projectRoot = (() => {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, 'package.json'))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error('package.json not found above the running code');
    folder = parent;
  }
  return folder;
})();
