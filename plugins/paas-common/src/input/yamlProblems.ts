import type { YAMLError } from 'yaml';

/** Sentences for what the YAML reader finds; what is not here is rare enough for the general one. */
const sentences: Readonly<Partial<Record<YAMLError['code'], string>>> = {
  TAB_AS_INDENT: 'A tab can not indent YAML: use spaces.',
  BAD_INDENT:
    'The line is not indented like its neighbours, or a bracket above it is not closed: fields of one map begin in the same column.',
  BLOCK_IN_FLOW:
    'Inside of { } and [ ] everything stands in the same notation: no lines that begin with "- " or end with ":".',
  BLOCK_AS_IMPLICIT_KEY:
    'A map or list begins in the middle of a line: put it on a line of its own, or quote text that holds ": ".',
  MULTILINE_IMPLICIT_KEY:
    'The name of a field is more than one line long: a ":" is probably missing, or a quote is not closed.',
  MISSING_CHAR: 'A bracket, quote or ":" is missing here or in a line above.',
  BAD_DQ_ESCAPE:
    'A backslash in double quotes begins an escape: write \\\\ for a backslash, or use single quotes.',
  BAD_SCALAR_START: 'Text can not begin with this character: put it in quotes.',
  BAD_ALIAS:
    'An alias (*name) can not be read here: quote text that begins with *.',
  BAD_DIRECTIVE:
    'A line that begins with % is a directive of YAML, which is not needed here.',
  TAG_RESOLVE_FAILED:
    'A tag (!...) stands here; resources are plain maps, lists, texts and numbers. Remove the tag.',
  UNEXPECTED_TOKEN:
    'Something stands here that does not belong to the line: text with special characters needs quotes.',
  KEY_OVER_1024_CHARS:
    'The name of a field is longer than 1024 characters: a quote is probably not closed.',
  RESOURCE_EXHAUSTION: 'The file is nested too deeply to be read.',
  MULTIPLE_ANCHORS: 'Two anchors (&name) stand on one value: keep one.',
  MULTIPLE_TAGS: 'Two tags (!...) stand on one value; resources need none.',
};

/** The reader stumbles on: what follows from the first mistake helps nobody. Tabs are all worth naming. */
function worthNaming(errors: readonly YAMLError[]): readonly YAMLError[] {
  const tabs = errors.filter(({ code }) => code === 'TAB_AS_INDENT');
  return tabs.length > 0 ? tabs : errors.slice(0, 1);
}

/** What is wrong with a text as YAML, with the offset of each in the text. */
export function explainYaml(
  errors: readonly YAMLError[],
): readonly { readonly message: string; readonly offset: number }[] {
  return worthNaming(errors).map(({ code, pos }) => ({
    message: sentences[code] ?? 'This can not be read as YAML.',
    offset: pos[0],
  }));
}
