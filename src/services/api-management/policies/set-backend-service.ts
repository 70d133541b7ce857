// set-backend-service: where the request goes, by URL or by a backend of the service.

import { addressOf } from '../address-of.ts';
import { Fault, internalErrorMessage } from '../errors.ts';
import type { Policy } from '../registry.ts';

export const setBackendService: Policy = {
  name: 'set-backend-service',
  compile(node, room) {
    for (const name of node.attributes.keys()) {
      if (/^(sf|dapr)-/.test(name)) {
        room.fail(node, `The attribute '${name}' is not supported by this gateway yet.`);
      }
    }
    const url = room.text(node, 'base-url');
    const id = room.text(node, 'backend-id');
    if (!url === !id) room.fail(node, "Exactly one of 'base-url' and 'backend-id' is needed.");
    return async (call) => {
      if (id) {
        const name = await id(call);
        const backend = call.service.backends.get(name.toLowerCase());
        if (!backend) {
          throw new Fault({
            ...{ source: 'set-backend-service', reason: 'BackendConnectionFailure', status: 500 },
            ...{ message: `There is no backend '${name}'.`, bodyMessage: internalErrorMessage },
          });
        }
        call.backendId = backend.name;
        call.request.base = backend.url;
      } else if (call.backendId === undefined) {
        call.request.base = addressOf(await url!(call), 'set-backend-service');
      }
    };
  },
};
