// What to do about a complaint of the compiler, for people who write policies rather than C#.

const advice: Readonly<Record<string, string>> = {
  CS0019: 'Convert one side first, such as (string)context.Variables["x"] or .ToString().',
  CS0029: 'Convert the value, such as with a cast or .ToString().',
  CS0103: 'Correct the name, declare it with var, or write it as text in double quotes.',
  CS0117: 'Correct the name; docs/coverage/policy-expressions.md lists what a type has.',
  CS0161: 'End every path of @{ … } with return.',
  CS0246: 'Correct the name; docs/coverage/policy-expressions.md lists the types.',
  CS0234: 'Correct the name; docs/coverage/policy-expressions.md lists the types.',
  CS0266: 'Add a cast to the type that is wanted, such as (string)… or (int)….',
  CS1002: "End the statement with ';'.",
  CS1003: 'A character is missing here, or a quote before has ended the text too early.',
  CS1010: 'Close the text with a double quote; text over several lines is written @"…".',
  CS1012: 'Write text in double quotes; in C#, single quotes hold one character.',
  CS1026: 'Close the bracket, or look for a quote or bracket too many before.',
  CS1061: 'Correct the name; docs/coverage/policy-expressions.md lists what a type has.',
  CS1501: 'Give as many arguments as one of its forms takes.',
  CS1503: 'Convert the argument, such as with a cast or .ToString().',
  CS1513: 'Close the brace, or look for a quote or brace too many before.',
  CS1525: 'Something is missing or out of place here, such as a value or a bracket.',
  CS1643: 'End every path of the function with return.',
  CS1955: 'Index it with square brackets, such as x["name"].',
  CS7036: 'Give all arguments that it needs.',
};

/** For a message that begins with its code, such as `CS1026: ) expected`. */
export function adviceFor(message: string): string {
  return advice[message.slice(0, message.indexOf(':'))] ?? 'Correct the C# of this expression.';
}
