// IContext: each member reads the gateway's PolicyContext when it is asked for.
import type { PolicyContext } from '../../context/model.ts';
import { concatText } from '../../running/text.ts';
import { known } from '../../types/hierarchy.ts';
import { declareType } from '../../types/registry.ts';
import { date, type Of, wrap } from './context-value.ts';
import { MapView } from './map-view.ts';

type Context = Of<PolicyContext>;

const variableViews = new WeakMap<object, MapView>();

/** Names of variables are exact. */
function variablesOf({ variables }: PolicyContext): MapView {
  let view = variableViews.get(variables);
  if (!view) {
    view = new MapView(known.object, {
      find: (name) => variables.get(name),
      entries: () => variables,
    });
    variableViews.set(variables, view);
  }
  return view;
}

export const contextType = declareType('interface IContext', {
  'IApi Api': ({ content }: Context) => wrap('IApi', content.api),
  'IBackend Backend': ({ content }: Context) => wrap('IBackend', content.backend),
  'IDeployment Deployment': ({ content }: Context) => wrap('IDeployment', content.deployment),
  'TimeSpan Elapsed': ({ content }: Context) => ({
    ticks: BigInt(Math.round(content.elapsedMs * 10_000)),
  }),
  'IGraphQL GraphQL': ({ content }: Context) => wrap('IGraphQL', content.graphQL),
  'ILastError LastError': ({ content }: Context) => wrap('ILastError', content.lastError),
  'IOperation Operation': ({ content }: Context) => wrap('IOperation', content.operation),
  'IProduct Product': ({ content }: Context) => wrap('IProduct', content.product),
  'IRequest Request': ({ content }: Context) => wrap('IRequest', content.request),
  'Guid RequestId': ({ content }: Context) => content.requestId.toLowerCase(),
  'IResponse Response': ({ content }: Context) => wrap('IResponse', content.response),
  'ISubscription Subscription': ({ content }: Context) =>
    wrap('ISubscription', content.subscription),
  'DateTime Timestamp': ({ content }: Context) => date(content.timestamp),
  'bool Tracing': ({ content }: Context) => content.tracing,
  'IUser User': ({ content }: Context) => wrap('IUser', content.user),
  'IReadOnlyDictionary<string, object> Variables': ({ content }: Context) => variablesOf(content),
  'IWorkspace Workspace': ({ content }: Context) => wrap('IWorkspace', content.workspace),
  'void Trace(string message)': ({ content }: Context, message: string | null) =>
    content.trace(message ?? ''),
  'void Trace(object message)': ({ content }: Context, message: unknown) =>
    content.trace(concatText(message)),
});

/** The `context` of an evaluation. */
export function contextValue(context: PolicyContext): unknown {
  return wrap('IContext', context);
}
