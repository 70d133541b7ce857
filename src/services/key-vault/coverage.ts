// The ledger of what Key Vault documents and what is served here; rendered into docs/coverage.

export const coverage = {};
