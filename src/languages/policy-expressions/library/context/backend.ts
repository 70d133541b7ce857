// IBackend.
import { plainType } from './context-value.ts';

export const backendType = plainType('IBackend', {
  Id: 'string',
  Type: 'string',
  AzureRegion: 'string',
});
