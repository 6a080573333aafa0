/** Words by key, where keys are put together from codes. */
export type Say = (key: string, params?: object) => string;
