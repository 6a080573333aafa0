/** The grades with which a host supervisor evaluates a stay, the best first. */
export const GRADES = ['excellent', 'good', 'satisfactory', 'unsatisfactory'] as const;
