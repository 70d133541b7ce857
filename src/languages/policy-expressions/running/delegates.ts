// Delegates that call several functions: combined by `+`, taken apart by `-`.
type Call = (...given: unknown[]) => unknown;

/** The functions behind a combined delegate. */
const lists = new WeakMap<Call, readonly Call[]>();

function listOf(delegate: Call | null): readonly Call[] {
  return delegate === null ? [] : (lists.get(delegate) ?? [delegate]);
}

function delegateOf(calls: readonly Call[]): Call | null {
  if (calls.length < 2) return calls[0] ?? null;
  const combined: Call = (...given) => {
    let result: unknown = null;
    for (const call of calls) result = call(...given);
    return result;
  };
  lists.set(combined, calls);
  return combined;
}

/** Calls all in order; gives what the last one gives. */
export function combineDelegates(left: Call | null, right: Call | null): Call | null {
  return delegateOf([...listOf(left), ...listOf(right)]);
}

/** The left one without the last occurrence of the right one's functions. */
export function removeDelegate(left: Call | null, right: Call | null): Call | null {
  const calls = listOf(left);
  const wanted = listOf(right);
  if (wanted.length === 0) return left;
  for (let start = calls.length - wanted.length; start >= 0; start -= 1) {
    if (wanted.every((call, index) => calls[start + index] === call)) {
      return delegateOf([...calls.slice(0, start), ...calls.slice(start + wanted.length)]);
    }
  }
  return left;
}
