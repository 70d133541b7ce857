// The address a policy's text names, or the fault of naming none.
import { type Address, parseAddress } from './address.ts';
import { Fault, internalErrorMessage } from './errors.ts';

export function addressOf(url: string, source: string): Address {
  const address = parseAddress(url);
  if (address) return address;
  throw new Fault({
    ...{ source, reason: 'BackendConnectionFailure', status: 500 },
    ...{ message: `'${url.slice(0, 200)}' is not an http URL.`, bodyMessage: internalErrorMessage },
  });
}
