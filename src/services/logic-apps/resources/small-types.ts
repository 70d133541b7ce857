// Resource types that only have to exist: plans, integration accounts, settings of a site.
import type { JsonObject } from '../../../base/index.ts';
import { type PrepareInput, ResourceError, type ResourceType } from '../../../resources/index.ts';

const keep = async ({ body }: PrepareInput): Promise<JsonObject> =>
  (body.properties ?? {}) as JsonObject;
const succeeded = async (resource: { properties: JsonObject }): Promise<JsonObject> => ({
  ...resource.properties,
  provisioningState: 'Succeeded',
});

/** The plan a site runs on; its size means nothing here. */
export const serverFarms: ResourceType = {
  type: 'Microsoft.Web/serverfarms',
  apiVersions: ['2024-04-01', '2023-12-01', '2022-09-01', '2022-03-01', '2021-02-01', '2018-02-01'],
  location: true,
  prepare: keep,
  view: succeeded,
};

/** Lets a Consumption workflow use inline code; its artifacts are not read yet. */
export const integrationAccounts: ResourceType = {
  type: 'Microsoft.Logic/integrationAccounts',
  apiVersions: ['2019-05-01', '2016-06-01'],
  location: true,
  async prepare({ body }) {
    const sku = Object(body.sku).name;
    if (sku !== undefined && !/^(Free|Basic|Standard|Premium|NotSpecified)$/i.test(String(sku))) {
      throw new ResourceError(
        400,
        'InvalidRequestContent',
        `'${String(sku)}' is not a tier of integration accounts.`,
        'sku.name',
      );
    }
    return (body.properties ?? {}) as JsonObject;
  },
  view: succeeded,
};
