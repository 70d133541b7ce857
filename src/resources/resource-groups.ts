// Resource groups are documents like any other resource; ARM itself owns the type.
import { ResourceError, type ResourceType } from './contract.ts';
import { groupType } from './ids.ts';

export const resourceGroups: ResourceType = {
  type: groupType,
  apiVersions: ['2025-04-01', '2024-03-01', '2021-04-01', '2019-10-01'],
  location: true,
  unlisted: true,
  async prepare({ body }) {
    if (body.managedBy !== undefined && typeof body.managedBy !== 'string') {
      throw new ResourceError(400, 'InvalidManagedBy', "'managedBy' must be a string.");
    }
    return { provisioningState: 'Succeeded' };
  },
};
