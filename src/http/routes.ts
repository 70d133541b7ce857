// Route tables: data that says which method and path a protocol answers.

export interface Route<Handler> {
  /** Upper case, or `*` for any. */
  readonly method: string;
  /**
   * Segments split by `/`: literals match in any letter case, `{name}` one segment (kept as the
   * caller spelt it, percent-decoded), `{name...}` as last segment the rest (not decoded).
   */
  readonly path: string;
  /** The name under which `coverage.ts` lists it. */
  readonly operation: string;
  readonly handler: Handler;
}

export type RouteMatch<Handler> =
  | { readonly route: Route<Handler>; readonly parameters: Readonly<Record<string, string>> }
  /** The path exists under other methods. */
  | { readonly allow: readonly string[] };

/** First matching route in table order; `//` and a trailing slash are tolerated, as Azure does. */
export function matchRoute<Handler>(
  routes: readonly Route<Handler>[],
  method: string,
  pathname: string,
): RouteMatch<Handler> | undefined {
  const segments = pathname.split('/').filter(Boolean);
  const allow = new Set<string>();
  for (const route of routes) {
    const parameters = matchSegments(templateOf(route.path), segments);
    if (!parameters) continue;
    if (route.method === '*' || route.method === method) return { route, parameters };
    allow.add(route.method);
  }
  return allow.size > 0 ? { allow: [...allow] } : undefined;
}

const templates = new Map<string, string[]>();

function templateOf(path: string): string[] {
  let template = templates.get(path);
  if (!template) {
    template = path.split('/').filter(Boolean);
    templates.set(path, template);
  }
  return template;
}

function matchSegments(
  template: readonly string[],
  segments: readonly string[],
): Record<string, string> | undefined {
  const parameters: Record<string, string> = Object.create(null);
  for (let index = 0; index < template.length; index++) {
    const part = template[index]!;
    if (part.endsWith('...}')) {
      parameters[part.slice(1, -4)] = segments.slice(index).join('/');
      return parameters;
    }
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (part.startsWith('{')) parameters[part.slice(1, -1)] = decode(segment);
    else if (part.toLowerCase() !== segment.toLowerCase()) return undefined;
  }
  return template.length === segments.length ? parameters : undefined;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
