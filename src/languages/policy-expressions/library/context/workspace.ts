// IWorkspace.
import { plainType } from './context-value.ts';

export const workspaceType = plainType('IWorkspace', { Id: 'string', Name: 'string' });
