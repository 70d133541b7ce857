// Newtonsoft.Json.Linq.JContainer.
import { declareType } from '../../types/registry.ts';
import { addContent } from './content.ts';
import { tokens } from './conversions.ts';
import { type MergeSettings, merge } from './merging.ts';
import type { Container, Token } from './tokens/index.ts';

function* withSelf(token: Container): Generator<Token> {
  yield token;
  yield* token.descendants();
}

export const jContainerType = declareType(
  'abstract class Newtonsoft.Json.Linq.JContainer : JToken, IList<JToken>',
  {
    'int Count': (token: Container) => token.count,
    'void Add(object content)': (token: Container, content: unknown) => addContent(token, content),
    'void AddFirst(object content)': (token: Container, content: unknown) =>
      addContent(token, content, 0),
    'void RemoveAll()': (token: Container) => token.clearItems(),
    'void ReplaceAll(object content)': (token: Container, content: unknown) => {
      token.clearItems();
      addContent(token, content);
    },
    'IEnumerable<JToken> Descendants()': (token: Container) => tokens(() => token.descendants()),
    'IEnumerable<JToken> DescendantsAndSelf()': (token: Container) => tokens(() => withSelf(token)),
    'void Merge(object content)': (token: Container, content: unknown) =>
      merge(token, content, null),
    'void Merge(object content, JsonMergeSettings settings)': (
      token: Container,
      content: unknown,
      settings: MergeSettings | null,
    ) => merge(token, content, settings),
  },
  {
    explicit: [
      'this',
      'IndexOf',
      'Insert',
      'RemoveAt',
      'Add',
      'Clear',
      'Contains',
      'CopyTo',
      'IsReadOnly',
      'Remove',
    ],
  },
);
