// The door of `jobs`: durable due work.
export type { Job, JobHandler, JobKey, JobOutcome, Jobs, NewJob } from './contract.ts';
export { retryDelayMs } from './retry.ts';
export { createJobs } from './store-jobs.ts';
