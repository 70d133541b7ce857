// The tables `*.cases.jsonl` beside the code: results that .NET Core 3.1, its C# compiler (language version 7.3)
// and Newtonsoft.Json 12 gave, culture invariant, time zone UTC; of the context, what its documentation says.
// One table per type or construct; a `reason` stands where the expectation is not plain.
import { expect, test } from 'vitest';
import { missed, readCases } from './fixtures/judge.ts';
import { tableFile, tables } from './fixtures/reached.ts';

test.each(tables)('%s: every case gives what .NET gave', (table) => {
  expect(missed(readCases(tableFile(table)))).toEqual([]);
});
