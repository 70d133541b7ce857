// Status codes as the run history names them: the reason phrase without blanks.
import { STATUS_CODES } from 'node:http';

/** `NotFound`, `OK`, `BadGateway`; the number itself where it has no name. */
export function codeOfStatus(status: number): string {
  if (status === 200) return 'OK';
  const phrase = STATUS_CODES[status];
  return phrase ? phrase.replace(/[^A-Za-z]/g, '') : String(status);
}
