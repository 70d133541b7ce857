// The action graph as SVG: layers by runAfter, containers as boxes around their actions.
import { branchName, edgeLabel, edgesInto } from './graph.ts';
import { type ActionNode, type Container, modelOf } from './model.ts';
import type { TreeObject } from './tree.ts';

const nodeHeight = 44;
const gap = 28;
const padding = 16;
const titleHeight = 26;
const characterWidth = 7.2;
const widthMin = 120;

interface Box {
  readonly width: number;
  readonly height: number;
  /** Draws the box with its upper left corner at a place. */
  draw(x: number, y: number, out: Drawing): void;
}

interface Drawing {
  readonly shapes: string[];
  readonly places: Map<ActionNode, { x: number; y: number; width: number; height: number }>;
}

/** An SVG document of the definition's graph. */
export function svgOf(definition: TreeObject): string {
  const model = modelOf(definition);
  const out: Drawing = { shapes: [], places: new Map() };
  const body = containerBox(model.root);
  const triggers = model.triggers.map(({ name, type }) => leafBox(name, type, '#dff1dc', 22));
  const top = rowBox(triggers);
  const width = Math.max(body.width, top.width) + 2 * padding;
  top.draw((width - top.width) / 2, padding, out);
  const bodyY = padding + (triggers.length > 0 ? top.height + gap : 0);
  body.draw((width - body.width) / 2, bodyY, out);
  const height = bodyY + body.height + padding;
  const edges = model.actions.flatMap((action) => edgeLines(action, out));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" font-family="sans-serif" font-size="12">`,
    '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>',
    ...out.shapes,
    ...edges,
    '</svg>',
    '',
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escapeText(text: string): string {
  return text.replace(
    /[<>&"]/g,
    (character) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' })[character] ?? '',
  );
}

function textAt(x: number, y: number, text: string, style = ''): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="middle"${style}>${escapeText(text)}</text>`;
}

function leafBox(name: string, type: string | undefined, fill: string, radius: number): Box {
  const length = Math.max([...name].length, [...(type ?? '')].length);
  const width = Math.max(widthMin, length * characterWidth + 2 * padding);
  return {
    width,
    height: nodeHeight,
    draw(x, y, { shapes }) {
      shapes.push(
        `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${nodeHeight}" rx="${radius}" fill="${fill}" stroke="#555"/>`,
        textAt(x + width / 2, y + 18, name),
        textAt(x + width / 2, y + 34, type ?? '', ' fill="#666" font-size="10"'),
      );
    },
  };
}

function rowBox(boxes: readonly Box[]): Box {
  const width = boxes.reduce((sum, box) => sum + box.width, gap * Math.max(0, boxes.length - 1));
  const height = Math.max(0, ...boxes.map((box) => box.height));
  return {
    width,
    height,
    draw(x, y, out) {
      for (const box of boxes) {
        box.draw(x, y, out);
        x += box.width + gap;
      }
    },
  };
}

function actionBox(action: ActionNode): Box {
  const inner =
    action.containers.length === 0
      ? leafBox(action.name, action.type, '#e8f0fb', 4)
      : groupBox(action);
  return {
    ...inner,
    draw(x, y, out) {
      out.places.set(action, { x, y, width: inner.width, height: inner.height });
      inner.draw(x, y, out);
    },
  };
}

function titled(title: string, content: Box, dash: string): Box {
  const width = Math.max(content.width, [...title].length * characterWidth, widthMin) + 2 * padding;
  const height = content.height + titleHeight + padding;
  return {
    width,
    height,
    draw(x, y, out) {
      out.shapes.push(
        `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" rx="6" fill="#fff" fill-opacity="0.6" stroke="#888"${dash}/>`,
        textAt(x + width / 2, y + 17, title),
      );
      content.draw(x + (width - content.width) / 2, y + titleHeight, out);
    },
  };
}

function groupBox(action: ActionNode): Box {
  const branches = action.containers.map((container) => {
    const name = branchName(action, container);
    const content = containerBox(container);
    return name === undefined ? content : titled(name, content, ' stroke-dasharray="4 3"');
  });
  return titled(`${action.name} · ${action.type ?? '?'}`, rowBox(branches), '');
}

/** Layer of each action: below all that it runs after. Actions in a circle stand at the top. */
function layersOf(container: Container): Map<ActionNode, number> {
  const layers = new Map<ActionNode, number>();
  const waiting = new Map<ActionNode, number>();
  const followers = new Map<ActionNode, ActionNode[]>();
  for (const action of container.actions.values()) {
    const edges = edgesInto(action);
    waiting.set(action, edges.length);
    for (const { from } of edges) followers.set(from, [...(followers.get(from) ?? []), action]);
  }
  const ready = [...container.actions.values()].filter((action) => waiting.get(action) === 0);
  for (const action of ready) layers.set(action, 0);
  for (let action = ready.pop(); action; action = ready.pop()) {
    for (const follower of followers.get(action) ?? []) {
      const left = (waiting.get(follower) ?? 1) - 1;
      waiting.set(follower, left);
      const layer = Math.max(layers.get(follower) ?? 0, (layers.get(action) ?? 0) + 1);
      layers.set(follower, layer);
      if (left === 0) ready.push(follower);
    }
  }
  return layers;
}

/** Actions in layers, one row each. */
function containerBox(container: Container): Box {
  const layers = layersOf(container);
  const rows: Box[][] = [];
  for (const action of container.actions.values()) {
    const layer = layers.get(action) ?? 0;
    rows[layer] ??= [];
    rows[layer].push(actionBox(action));
  }
  const drawn = rows.filter((row) => row !== undefined).map(rowBox);
  const width = Math.max(0, ...drawn.map((row) => row.width));
  const height = drawn.reduce((sum, row) => sum + row.height, gap * Math.max(0, drawn.length - 1));
  return {
    width,
    height,
    draw(x, y, out) {
      for (const row of drawn) {
        row.draw(x + (width - row.width) / 2, y, out);
        y += row.height + gap;
      }
    },
  };
}

function edgeLines(action: ActionNode, { places }: Drawing): string[] {
  const to = places.get(action);
  if (!to) return [];
  return edgesInto(action).flatMap(({ from, statuses }) => {
    const start = places.get(from);
    if (!start) return [];
    const [x1, y1] = [start.x + start.width / 2, start.y + start.height];
    const [x2, y2] = [to.x + to.width / 2, to.y];
    const line = `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="#555" marker-end="url(#arrow)"/>`;
    const label = edgeLabel(statuses);
    if (label === '') return [line];
    return [line, textAt((x1 + x2) / 2, (y1 + y2) / 2, label, ' fill="#a33" font-size="10"')];
  });
}
