// Explicit dependencies: `dependsOn`, serial copy loops; unknown names and circles are refused.
import type { JsonObject } from '../../../base/index.ts';
import { evaluateTree, isObject } from '../../../languages/template-expressions/index.ts';
import type { Instance } from './plan.ts';
import { placeId } from './surroundings.ts';
import { invalidTemplate } from './template.ts';

interface Loop {
  readonly instances: readonly Instance[];
  readonly copy: JsonObject;
}

/**
 * Fills `dependsOn` of each instance. `hidden`: some resources are not known yet, so that a name
 * that is not found proves nothing.
 */
export function linkDependencies(
  instances: readonly Instance[],
  loops: readonly Loop[],
  find: (name: string) => readonly Instance[],
  hidden: boolean,
): void {
  for (const instance of instances) linkWritten(instance, find, hidden);
  for (const { instances: made, copy } of loops) linkSerial(made, copy);
  checkCircles(instances);
}

function linkWritten(
  instance: Instance,
  find: (name: string) => readonly Instance[],
  hidden: boolean,
): void {
  const { entry, scope } = instance;
  const written = entry.raw.dependsOn;
  if (written === undefined || written === null) return;
  const path = `${entry.path}.dependsOn`;
  const names = evaluateTree(written, scope, { path });
  if (!Array.isArray(names)) throw invalidTemplate("'dependsOn' must be an array", path);
  names.forEach((name, index) => {
    const place = `${path}[${index}]`;
    if (typeof name !== 'string') throw invalidTemplate("'dependsOn' must hold strings", place);
    const found = lookUp(name, instance, find);
    if (found.length === 0 && !hidden) {
      throw invalidTemplate(
        `The resource '${name}' is not defined in the template. Please see ` +
          'https://aka.ms/arm-syntax-resources for usage details.',
        place,
      );
    }
    for (const each of found) if (each !== instance) instance.dependsOn.add(each);
  });
}

/** A symbol, a loop, a name, an id, or type and names relative to the deployment. */
function lookUp(
  name: string,
  instance: Instance,
  find: (name: string) => readonly Instance[],
): readonly Instance[] {
  const found = find(name);
  if (found.length > 0 || name.startsWith('/')) return found;
  const slash = name.lastIndexOf('/');
  if (slash < 0) return found;
  return find(`${placeId(instance.place)}/providers/${name}`);
}

/** A batch waits for the batch before it. */
function linkSerial(made: readonly Instance[], copy: JsonObject): void {
  if (!isObject(copy) || String(copy.mode ?? 'parallel').toLowerCase() !== 'serial') return;
  const size = typeof copy.batchSize === 'number' && copy.batchSize > 0 ? copy.batchSize : 1;
  made.forEach((instance, index) => {
    const batch = Math.floor(index / size);
    for (const before of made.slice(Math.max(0, (batch - 1) * size), batch * size)) {
      instance.dependsOn.add(before);
    }
  });
}

function checkCircles(instances: readonly Instance[]): void {
  const done = new Set<Instance>();
  const open = new Set<Instance>();
  const visit = (instance: Instance): void => {
    if (done.has(instance)) return;
    if (open.has(instance)) throw circular(instance);
    open.add(instance);
    for (const each of instance.dependsOn) visit(each);
    open.delete(instance);
    done.add(instance);
  };
  for (const instance of instances) visit(instance);
}

export function circular({ id, entry }: Instance) {
  return invalidTemplate(
    `Circular dependency detected on resource: '${id}'. Please see ` +
      'https://aka.ms/arm-syntax-resources for usage details.',
    entry.path,
  );
}
