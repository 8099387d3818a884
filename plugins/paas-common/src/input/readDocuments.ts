import {
  Alias,
  Composer,
  Document,
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  Pair,
  ParsedNode,
  Parser,
  visit,
  YAMLMap,
} from 'yaml';
import { Checked, Problem } from '../domain/problem';
import { shorten } from './describeValue';
import { Finding, Locate, Position, toProblems } from './finding';
import { keyText, locateInYaml } from './locateInYaml';
import { explainYaml } from './yamlProblems';

/** The largest Application there can be, twice. YAML takes a second a megabyte to read, during which nothing else runs. */
const mostCharacters = 2 * 1024 * 1024;
/** Blank ones between two separators included. */
const mostDocuments = 2000;
/** Uses of anchors, each counted with what it brings along: enough for people, too few for a bomb. */
const mostAliases = 1000;

/** One document of a file. */
export interface ReadDocument<T> {
  readonly file?: string;
  /** Counted from 0 over the documents that are not empty. */
  readonly index: number;
  /** Where the document begins. */
  readonly line: number;
  readonly checked: Checked<T>;
  /** Where in the file a field of this document stands. */
  readonly locate: Locate;
}

interface Source {
  readonly document: Document.Parsed<ParsedNode>;
  readonly lines: LineCounter;
}

function refused(findings: readonly Finding[], locate: Locate): Checked<never> {
  return { ok: false, problems: toProblems(findings, locate) };
}

function positionOf(offset: number, lines: LineCounter): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function repeatedNames(map: YAMLMap, lines: LineCounter): readonly Problem[] {
  const first = new Map<string, Position>();
  return map.items.flatMap(pair => {
    const { key } = pair;
    const name = keyText(pair);
    if (!isScalar(key) || name === undefined) return [];
    const position = positionOf(key.range?.[0] ?? 0, lines);
    const earlier = first.get(name);
    if (!earlier) first.set(name, position);
    return earlier && name !== '<<'
      ? [
          {
            path: '',
            ...position,
            found: shorten(name),
            message: `\`${shorten(name)}\` is given twice: first in line ${
              earlier.line
            }. Remove one.`,
          },
        ]
      : [];
  });
}

/** What YAML allows and resources do not: a name twice in a map, maps and lists as names. */
function findOddities({ document, lines }: Source): readonly Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Pair: (_, pair: Pair) => {
      if (isScalar(pair.key) || pair.key === null) return;
      const offset =
        isAlias(pair.key) || isMap(pair.key) ? pair.key.range?.[0] : undefined;
      problems.push({
        path: '',
        ...positionOf(offset ?? document.range[0], lines),
        message:
          'The name of a field has to be text, not a map, a list or an alias. Text that begins with { or [ or * needs quotes.',
      });
    },
    Map: (_, map) => {
      // Not `push(...)`: a map of a million names would not fit into the arguments of a call.
      for (const problem of repeatedNames(map, lines)) problems.push(problem);
    },
  });
  return problems;
}

function findUnknownAlias({ document, lines }: Source): Problem | undefined {
  const anchors = new Set<string>();
  let unknown: Alias | undefined;
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node) && node.anchor) anchors.add(node.anchor);
    },
    Alias: (_, alias) => {
      if (anchors.has(alias.source)) return undefined;
      unknown = alias;
      return visit.BREAK;
    },
  });
  if (!unknown) return undefined;
  return {
    path: '',
    ...positionOf(unknown.range?.[0] ?? 0, lines),
    found: `*${shorten(unknown.source)}`,
    message: `The alias *${shorten(unknown.source)} has no anchor &${shorten(
      unknown.source,
    )} above it. Quote text that begins with *.`,
  };
}

function yamlFaults(source: Source): readonly Problem[] {
  const { document, lines } = source;
  const faults = explainYaml([...document.errors, ...document.warnings]);
  if (faults.length > 0) {
    return faults.map(({ message, offset }) => ({
      path: '',
      ...positionOf(offset, lines),
      message,
    }));
  }
  const unknownAlias = findUnknownAlias(source);
  return unknownAlias ? [unknownAlias] : findOddities(source).slice(0, 20);
}

/** Reads a value as a resource: `checkApplication`, `checkTenant`. */
type Check<T> = (value: unknown, locate: Locate) => Checked<T>;

function readDocument<T>(
  source: Source,
  locate: Locate,
  check: Check<T>,
): Checked<T> {
  const problems = yamlFaults(source);
  if (problems.length > 0) return { ok: false, problems };
  let value: unknown;
  try {
    value = source.document.toJS({ maxAliasCount: mostAliases });
  } catch {
    // The reader throws when aliases multiply; a ring of aliases ends in a stack overflow.
    return refused(
      [
        {
          path: [],
          message:
            'Anchors and aliases of the document unfold to too much. Write the values out.',
        },
      ],
      locate,
    );
  }
  return check(value, locate);
}

/** Only comments, or nothing, between two separators. */
function isBlank({ contents, errors }: Document.Parsed<ParsedNode>): boolean {
  const isNothing =
    contents === null ||
    (isScalar(contents) && contents.value === null && contents.source === '');
  return isNothing && errors.length === 0;
}

/** The documents that are not blank; stops reading at too many. */
function parseDocuments(
  text: string,
  lines: LineCounter,
): readonly Document.Parsed<ParsedNode>[] | Finding {
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({
    merge: true,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents: Document.Parsed<ParsedNode>[] = [];
  let count = 0;
  for (const document of composer.compose(parser.parse(text))) {
    count += 1;
    if (count > mostDocuments) {
      return {
        path: [],
        message: `The file has more than ${mostDocuments} documents. Split it.`,
      };
    }
    if (!isBlank(document)) documents.push(document);
  }
  return documents;
}

function parse(
  text: string,
  lines: LineCounter,
): readonly Document.Parsed<ParsedNode>[] | Finding {
  if (text.length > mostCharacters)
    return {
      path: [],
      message: `The file has ${text.length} characters; at most ${mostCharacters} are read. Split it.`,
    };
  if (text.includes('\0'))
    return {
      path: [],
      message:
        'The file is not text: it holds NUL characters. Save it as UTF-8.',
    };
  try {
    return parseDocuments(text, lines);
  } catch {
    // The reader is recursive: what nests deeper than the stack is no resource.
    return { path: [], message: 'The file is nested too deeply to be read.' };
  }
}

/**
 * Reads the resources of a file: YAML with any number of documents, or JSON. Answers with one entry a document, at least
 * one; never throws. `file` is the name to show, nothing is read from it.
 */
export function readDocuments<T>(
  text: string,
  check: Check<T>,
  options: { readonly file?: string } = {},
): readonly ReadDocument<T>[] {
  const lines = new LineCounter();
  const start: Locate = () => ({ line: 1, column: 1 });
  const named = options.file === undefined ? {} : { file: options.file };
  const parsed = parse(text.replace(/^\uFEFF/, ''), lines);
  if ('message' in parsed)
    return [
      {
        ...named,
        index: 0,
        line: 1,
        locate: start,
        checked: refused([parsed], start),
      },
    ];
  if (parsed.length === 0) {
    const finding = {
      path: [],
      message:
        text.trim() === ''
          ? 'The file is empty.'
          : 'The file holds no document, only comments or separators.',
    };
    return [
      {
        ...named,
        index: 0,
        line: 1,
        locate: start,
        checked: refused([finding], start),
      },
    ];
  }
  return parsed.map((document, index) => {
    const locate = locateInYaml(document, lines);
    const { line } = positionOf(
      document.contents?.range[0] ?? document.range[0],
      lines,
    );
    return {
      ...named,
      index,
      line,
      locate,
      checked: readDocument({ document, lines }, locate, check),
    };
  });
}
