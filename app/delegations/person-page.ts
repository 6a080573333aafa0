/** Where the page of one person of a delegation stands. */
export const personPage = (of: { reference: string; id: string }) =>
  `/delegations/${of.reference}/people/${of.id}`;
