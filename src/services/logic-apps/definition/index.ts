// The door of `definition`: reads definitions and projects, checks them, draws their graph.
export { checkFile, checkText, type FileReport, rules } from './check.ts';
export { svgOf } from './drawing.ts';
export type { Finding, Severity } from './finding.ts';
export { mermaidOf } from './graph.ts';
export {
  type ActionNode,
  type Container,
  modelOf,
  type TriggerNode,
  type WorkflowModel,
} from './model.ts';
export { definitionFiles, isFolder, type Project, projectOf, readProject } from './project.ts';
export {
  type DefinitionFile,
  type Host,
  readDefinitionFile,
  type WorkflowSource,
} from './source.ts';
export { isTreeObject, opaque, type Tree, type TreeObject } from './tree.ts';
