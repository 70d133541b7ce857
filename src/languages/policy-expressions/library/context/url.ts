// IUrl.
import type { PolicyUrl } from '../../context/model.ts';
import { declareType } from '../../types/registry.ts';
import { uriOf } from '../uri.ts';
import type { Of } from './context-value.ts';
import { queryOf } from './headers.ts';

function urlText(url: PolicyUrl): string {
  const standard =
    (url.scheme === 'https' && url.port === 443) || (url.scheme === 'http' && url.port === 80);
  const port = standard ? '' : `:${url.port}`;
  return `${url.scheme}://${url.host}${port}${url.path}${url.queryString}`;
}

export const urlType = declareType(
  'interface IUrl',
  {
    'string Scheme': ({ content }: Of<PolicyUrl>) => content.scheme,
    'string Host': ({ content }: Of<PolicyUrl>) => content.host,
    'int Port': ({ content }: Of<PolicyUrl>) => content.port,
    'string Path': ({ content }: Of<PolicyUrl>) => content.path,
    'string QueryString': ({ content }: Of<PolicyUrl>) => content.queryString,
    'IReadOnlyDictionary<string, string[]> Query': ({ content }: Of<PolicyUrl>) =>
      queryOf(content.query),
    'Uri ToUri()': ({ content }: Of<PolicyUrl>) => uriOf(urlText(content)),
  },
  { text: ({ content }: Of<PolicyUrl>) => urlText(content) },
);
