/**
 * Appoints an administrator: `npm run grant -- ADDRESS institution-admin|platform-admin INSTITUTION`. The portal may run
 * meanwhile; the role holds from the person's next request on, ten seconds later at most.
 */
import { connect } from '#db/client.server.ts';
import { APPOINTABLE, type Appointable, appointAdministrator } from './people/appoint-administrator.ts';
import { openInstallation } from './platform/open-installation.server.ts';
import { runCommand, UsageError } from './platform/run-command.ts';

const USAGE = `npm run grant -- ADDRESS ${APPOINTABLE.join('|')} INSTITUTION (IITISM, TEXMIN, GIREDMET, OTHER)`;

const REASONS = {
  'no-account': 'nobody has signed up and verified this address yet',
  'no-institution': 'there is no institution of this code: IITISM, TEXMIN, GIREDMET, OTHER',
  'other-side': 'this person decides for the other side already, and one person decides for one side only',
  standing: 'this person has this role at this institution already',
};

await runCommand(async (args, say) => {
  const [email, role, institution] = args;
  if (!email || !institution || !isAppointable(role)) throw new UsageError(USAGE);
  const { config, close } = await openInstallation(process.env, {
    doing: 'being given an administrator',
    say,
  });
  const db = connect(config.databaseUrl, { max: 1 });
  try {
    const refused = await appointAdministrator(db, { email, role, institution });
    if (refused) throw new UsageError(REASONS[refused]);
    say(`granted: ${role} at ${institution}`);
  } finally {
    await db.$client.end();
    await close();
  }
});

function isAppointable(role: string | undefined): role is Appointable {
  return (APPOINTABLE as readonly string[]).includes(role ?? '');
}
