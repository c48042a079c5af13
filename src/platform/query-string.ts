/** A value, or all of them when a name comes more than once. */
type Query = Record<string, string | string[]>;

function add(query: Query, name: string, value: string): Query {
  const before = query[name];
  return { ...query, [name]: before === undefined ? value : [before, value].flat() };
}

/** The one thing Taro's router needs of the `query-string` package, without its 3 KB: names and raw values. */
function parse(search: string): Query {
  return search
    .replace(/^[?#&]/, '')
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => pair.split('='))
    .reduce<Query>((query, [name = '', ...rest]) => add(query, name, rest.join('=')), {});
}

export default { parse };
