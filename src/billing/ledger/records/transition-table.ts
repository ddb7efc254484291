/** Every status of an entity moves through its one table; a move that the table doesn't list is a fault of ours. */
export interface TransitionTable<S extends string> {
  allows(from: S, to: S): boolean;
  /** @returns `to`. @throws Error naming the move, where the table doesn't list it. */
  move(from: S, to: S): S;
}

export function transitionTable<S extends string>(
  entity: string,
  table: Readonly<Record<S, readonly S[]>>,
): TransitionTable<S> {
  const allows = (from: S, to: S) => table[from].includes(to);
  return {
    allows,
    move(from, to) {
      if (!allows(from, to)) throw new Error(`a ${entity} can't go from ${from} to ${to}`);
      return to;
    },
  };
}
