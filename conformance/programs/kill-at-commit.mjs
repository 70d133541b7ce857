// Loaded into the host by --import: kills it without a word before the commit after the N-th one of
// a run's journal. SIGUSR2 arms it; the product knows nothing of it.
import { Worker } from 'node:worker_threads';

const commitsAllowed = Number(process.env.KILL_AFTER_COMMITS);
let armed = false;
let commits = 0;

process.on('SIGUSR2', () => {
  armed = true;
  commits = 0;
});

const touchesJournal = (task) => task.write?.some((write) => 'append' in write);
const { postMessage } = Worker.prototype;

Worker.prototype.postMessage = function (message, ...rest) {
  if (armed && message?.tasks?.some(touchesJournal)) {
    if (commits === commitsAllowed) process.kill(process.pid, 'SIGKILL');
    commits += 1;
  }
  return postMessage.call(this, message, ...rest);
};
