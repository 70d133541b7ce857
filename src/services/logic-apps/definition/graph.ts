// The action graph as Mermaid text.
import { type ActionNode, type Container, modelOf, type WorkflowModel } from './model.ts';
import { isTreeArray, isTreeObject, memberOf, type TreeObject } from './tree.ts';

/** A Mermaid flowchart: containers as subgraphs, edges from runAfter with statuses that are unusual. */
export function mermaidOf(definition: TreeObject): string {
  const model = modelOf(definition);
  const ids = new Map<ActionNode, string>();
  for (const [index, action] of model.actions.entries()) ids.set(action, `a${index}`);
  const lines = ['flowchart TD'];
  for (const [index, trigger] of model.triggers.entries()) {
    lines.push(`  t${index}([${label(trigger.name, trigger.type)}])`);
  }
  drawContainer(model.root, ids, lines, '  ');
  for (const action of firstOf(model.root)) {
    for (const index of model.triggers.keys()) lines.push(`  t${index} --> ${ids.get(action)}`);
  }
  drawEdges(model, ids, lines);
  return `${lines.join('\n')}\n`;
}

/** Mermaid takes quotes and angle brackets as entities. */
function label(name: string, type: string | undefined): string {
  const text = name.replace(/[#&"<>]/g, (character) => `#${character.charCodeAt(0)};`);
  return `"${text}${type ? `<br/>${type.replace(/[^\w.-]/g, '')}` : ''}"`;
}

function drawContainer(
  container: Container,
  ids: ReadonlyMap<ActionNode, string>,
  lines: string[],
  indent: string,
): void {
  for (const action of container.actions.values()) {
    const id = ids.get(action);
    if (action.containers.length === 0) {
      lines.push(`${indent}${id}[${label(action.name, action.type)}]`);
      continue;
    }
    lines.push(`${indent}subgraph ${id}[${label(action.name, action.type)}]`);
    for (const [index, child] of action.containers.entries()) {
      const branch = branchName(action, child);
      if (branch === undefined) drawContainer(child, ids, lines, `${indent}  `);
      else {
        lines.push(`${indent}  subgraph ${id}b${index}[${label(branch, undefined)}]`);
        drawContainer(child, ids, lines, `${indent}    `);
        lines.push(`${indent}  end`);
      }
    }
    lines.push(`${indent}end`);
  }
}

/** What a branch is called: true and false of a condition, a case's name. */
export function branchName(action: ActionNode, container: Container): string | undefined {
  if (action.typeKey !== 'if') return container.branch;
  return container.branch === 'else' ? 'False' : 'True';
}

/** Actions of a container that wait for none beside them. */
export function firstOf(container: Container): ActionNode[] {
  return [...container.actions.values()].filter((action) => edgesInto(action).length === 0);
}

/** Predecessors of an action beside it, with their statuses. */
export function edgesInto(
  action: ActionNode,
): readonly { readonly from: ActionNode; readonly statuses: readonly string[] }[] {
  const runAfter = memberOf(action.body, 'runAfter')?.value;
  if (!isTreeObject(runAfter)) return [];
  return Object.entries(runAfter).flatMap(([name, given]) => {
    const from = action.container.actions.get(name.toLowerCase());
    if (!from || from === action) return [];
    return [{ from, statuses: isTreeArray(given) ? given.map(String) : [] }];
  });
}

/** The label of an edge; none for the usual "after it succeeded". */
export function edgeLabel(statuses: readonly string[]): string {
  const usual = statuses.length === 1 && statuses[0]?.toLowerCase() === 'succeeded';
  return usual ? '' : statuses.join(', ');
}

function drawEdges(
  model: WorkflowModel,
  ids: ReadonlyMap<ActionNode, string>,
  lines: string[],
): void {
  for (const action of model.actions) {
    for (const { from, statuses } of edgesInto(action)) {
      const text = edgeLabel(statuses);
      const arrow = text === '' ? '-->' : `-->|"${text.replace(/[^\w ,]/g, '')}"|`;
      lines.push(`  ${ids.get(from)} ${arrow} ${ids.get(action)}`);
    }
  }
}
