// The law of the rooms, in one table: a file imports its own room, or the door of a lower one.

/** Rooms below `src/` and their ranks; ARCHITECTURE.md shows the same table. */
export const ranks: Readonly<Record<string, number>> = {
  base: 0,
  crypto: 1,
  telemetry: 1,
  dotnet: 1,
  http: 2,
  store: 2,
  'languages/workflow-expressions': 2,
  'languages/template-expressions': 2,
  'languages/policy-expressions': 2,
  'languages/policy-documents': 3,
  resources: 3,
  access: 3,
  jobs: 3,
  'services/entra': 4,
  'services/managed-identity': 4,
  'services/key-vault': 4,
  'services/api-management': 4,
  'services/logic-apps': 4,
  'services/resource-manager': 4,
  host: 5,
  cli: 6,
};

/** Files above the rooms: they may import any door. */
export const topFiles: ReadonlySet<string> = new Set(['main.ts']);

/** Names that say nothing; what belongs there lacks a noun. */
export const forbiddenNames = /^(utils?|helpers?|common|misc|manager|core|shared|lib|stuff)$/i;

export const limits = {
  /** Lines of a source file; a table of data says so in its first line. */
  fileLinesMax: 400,
  /** Characters; biome wraps code at 100, comments may end a word later, quoted texts go on. */
  lineCharactersMax: 120,
} as const;
