/** What a journey of a delegation belongs to. */
export const DELEGATE = 'delegate';
