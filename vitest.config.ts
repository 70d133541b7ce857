// Three suites: the languages and what they stand on, the other unit tests, and conformance from outside.
import { defineConfig } from 'vitest/config';

/** Rooms without state of their own: their files share one load of the modules, which is most of their time. */
const pure = ['src/base', 'src/dotnet', 'src/languages'];
const testsOf = (rooms: readonly string[]) => rooms.map((room) => `${room}/**/*.test.ts`);

// Unit tests sit beside the code; conformance drives the running host from outside.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'languages',
          include: testsOf(pure),
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'unit',
          include: testsOf(['src', 'tools']),
          exclude: testsOf(pure),
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'conformance',
          include: ['conformance/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
