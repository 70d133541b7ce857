// The door of `resource-manager`.
export {
  createResourceManager,
  type ResourceManager,
  type ResourceManagerOptions,
} from './service.ts';
export { type CheckInput, checkTemplate } from './templates/check.ts';
