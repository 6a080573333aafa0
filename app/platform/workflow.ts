/** Who holds the pen of a transition. */
export type Party =
  | 'applicant'
  | 'candidate'
  | 'supervisor'
  | 'reviewer'
  | 'committee'
  | 'home'
  | 'host'
  | 'in'
  | 'ru'
  | 'owner'
  | 'other'
  | 'system';

export type Transition<S extends string> = {
  from: readonly S[];
  to: S;
  party: Party;
  /** The right that is asked for; never a role. */
  right: string;
  reason: 'none' | 'optional' | 'required';
};

export type Workflow<S extends string = string, N extends string = string> = {
  /** What the record is called in the audit log and in messages, e.g. `application`. */
  subject: string;
  initial: S;
  transitions: Record<N, Transition<S>>;
};

/** States and transitions as data. The table is the truth; nothing else moves a state. */
export function defineWorkflow<S extends string, N extends string>(workflow: {
  subject: string;
  initial: S;
  transitions: Record<N, Transition<S>>;
}): Workflow<S, N> {
  return workflow;
}

/** The transition `name` out of `state`, or null where the table has none. */
export function step<S extends string, N extends string>(
  workflow: Workflow<S, N>,
  name: N,
  state: S,
): Transition<S> | null {
  const transition = Object.hasOwn(workflow.transitions, name) ? workflow.transitions[name] : null;
  return transition?.from.includes(state) ? transition : null;
}

/** The names of all transitions out of `state`. */
export function possible<S extends string, N extends string>(workflow: Workflow<S, N>, state: S): N[] {
  return (Object.keys(workflow.transitions) as N[]).filter((name) => step(workflow, name, state) !== null);
}

/** Every state of the table, the initial one first. */
export function statesOf<S extends string, N extends string>(workflow: Workflow<S, N>): S[] {
  const transitions = Object.values<Transition<S>>(workflow.transitions);
  return [...new Set([workflow.initial, ...transitions.flatMap((t) => [...t.from, t.to])])];
}
