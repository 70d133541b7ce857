// XObject, XNode and XContainer, through the compiler.
import { expect, test } from 'vitest';
import { outcomeOf } from '../expression-outcome.ts';

const plain = 'ToString(SaveOptions.DisableFormatting)';

test.each([
  ['the parent of a root is null', '@(XElement.Parse("<a/>").Parent)', null],
  ['a document is no parent', '@(XDocument.Parse("<a/>").Root.Parent)', null],
  [
    'a document is found from below',
    '@(XDocument.Parse("<a><b/></a>").Root.FirstNode.Document.Root.Name.LocalName)',
    'a',
  ],
  ['nodes know their kind', '@(XElement.Parse("<a><!--c--></a>").FirstNode.NodeType)', 'Comment'],
  [
    'attributes are objects, too',
    `@(XElement.Parse("<a x='1'/>").FirstAttribute.NodeType)`,
    'Attribute',
  ],
  [
    'neighbours',
    '@(XElement.Parse("<a><b/>t<c/></a>").FirstNode.NextNode.NextNode.ToString())',
    '<c />',
  ],
  ['the first has none before it', '@(XElement.Parse("<a><b/></a>").FirstNode.PreviousNode)', null],
  [
    'content is put beside a node',
    `@{ var e = XElement.Parse("<a><b/></a>"); e.AddFirst(new XElement("z"), "t"); e.Element("b").AddAfterSelf("u"); e.Element("b").AddBeforeSelf(new XElement("y")); return e.${plain}; }`,
    '<a><z />t<y /><b />u</a>',
  ],
  [
    'a node is replaced',
    `@{ var e = XElement.Parse("<a><b/><c/></a>"); e.Element("b").ReplaceWith("x", new XElement("d")); return e.${plain}; }`,
    '<a>x<d /><c /></a>',
  ],
  [
    'an element that loses its last node is empty',
    `@{ var e = XElement.Parse("<a><b/></a>"); e.FirstNode.Remove(); return e.${plain}; }`,
    '<a />',
  ],
  [
    'siblings after',
    '@(XElement.Parse("<a><b/><c/><d/></a>").Element("c").ElementsAfterSelf().Single().Name.ToString())',
    'd',
  ],
  [
    'siblings before by name',
    '@(XElement.Parse("<a><b/><c/><d/></a>").Element("d").ElementsBeforeSelf("b").Count())',
    1,
  ],
  [
    'nodes after and before',
    '@(XElement.Parse("<a>x<b/>y</a>").Element("b").NodesAfterSelf().Concat(XElement.Parse("<a>x<b/></a>").Element("b").NodesBeforeSelf()).Count())',
    2,
  ],
  [
    'order in the document',
    '@{ var e = XElement.Parse("<a><b><c/></b><d/></a>"); return e.Descendants("c").First().IsBefore(e.Element("d")) && e.Element("d").IsAfter(e) && XNode.CompareDocumentOrder(e, e) == 0; }',
    true,
  ],
  [
    'equality in depth',
    `@(XNode.DeepEquals(XElement.Parse("<a x='1'><b/>t</a>"), XElement.Parse("<a x='1'><b/>t</a>")))`,
    true,
  ],
  [
    'attributes in another order are unequal',
    `@(XNode.DeepEquals(XElement.Parse("<a x='1' y='2'/>"), XElement.Parse("<a y='2' x='1'/>")))`,
    false,
  ],
  [
    'objects are equal by reference',
    '@(XElement.Parse("<a/>").Equals(XElement.Parse("<a/>")))',
    false,
  ],
  [
    'annotations by type',
    '@{ var e = new XElement("a"); e.AddAnnotation("note"); return e.Annotation<string>(); }',
    'note',
  ],
  [
    'nodes of a container',
    '@(XElement.Parse("<a>x<b/><!--c--></a>").Nodes().OfType<XElement>().Count())',
    1,
  ],
  ['descendant nodes', '@(XElement.Parse("<a>x<b>y</b></a>").DescendantNodes().Count())', 3],
  [
    'a null name finds nothing',
    '@(XElement.Parse("<a><b/></a>").Elements((XName)null).Count())',
    0,
  ],
  [
    'queries are lazy',
    '@{ var e = new XElement("a"); var q = e.Elements("b"); e.Add(new XElement("b")); return q.Count(); }',
    1,
  ],
  [
    'texts added one after the other are one node',
    '@{ var e = new XElement("a"); e.Add("x"); e.Add("y"); return e.Nodes().Count(); }',
    1,
  ],
])('%s', (_rule, expression, wanted) => {
  expect(outcomeOf(expression)).toEqual(wanted);
});

test.each([
  [
    '@{ new XElement("a").AddAfterSelf(1); return 1; }',
    'System.InvalidOperationException: The parent is missing.',
  ],
  [
    '@{ new XElement("a").ReplaceWith(1); return 1; }',
    'System.InvalidOperationException: The parent is missing.',
  ],
  [
    '@(new XElement("a").IsBefore(new XElement("b")))',
    'System.InvalidOperationException: A common ancestor is missing.',
  ],
  [
    '@(new XElement("a").Element("b").Value)',
    'System.NullReferenceException: Object reference not set to an instance of an object.',
  ],
])('%s is refused', (expression, wanted) => {
  expect(outcomeOf(expression)).toBe(wanted);
});
