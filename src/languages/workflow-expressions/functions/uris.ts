// Parts of URIs, and xpath.
import { parseUri, type UriValue } from '../../../dotnet/index.ts';
import { isXmlEnvelope } from '../stringify.ts';
import type { Value } from '../values.ts';
import { selectXPath } from '../xml-values.ts';
import { definitionsOf, failArgument, stringArgument, withDotnet } from './definition.ts';

function part(
  name: string,
  pick: (uri: UriValue) => Value,
): readonly [string, string, (args: readonly Value[]) => Value] {
  return [
    name,
    'uri',
    (args) => {
      const text = stringArgument(name, args, 0, true);
      return withDotnet(name, () => pick(parseUri(text, 'absolute')));
    },
  ];
}

export const uriFunctions = definitionsOf('uri', [
  part('uriHost', (uri) => uri.host),
  part('uriPath', (uri) => uri.absolutePath),
  part('uriPathAndQuery', (uri) => uri.pathAndQuery),
  part('uriPort', (uri) => uri.port),
  part('uriScheme', (uri) => uri.scheme),
  part('uriQuery', (uri) => uri.query),
]);

export const xpathFunctions = definitionsOf('object', [
  [
    'xpath',
    'xml, xpath',
    (args) => {
      const xml = args[0] as Value;
      if (!isXmlEnvelope(xml)) return failArgument('xpath', args, 0, 'be an XML object');
      return selectXPath(xml, stringArgument('xpath', args, 1));
    },
  ],
]);
