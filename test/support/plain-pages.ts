import type { GatePages } from '../../server/http/pages/gate-pages';

/** A front end for tests of the server: says what state it was given, and is built by nobody. */
export const plainPages: GatePages = {
  render: (state) => {
    const { verdict, screen, failure } = state;
    const said = screen === 'verdict' ? verdict : failure;
    return `<section id="screen-${screen}" data-reason="${verdict?.reason ?? ''}"><h1>${said?.title ?? ''}</h1><p>${said?.sentence ?? ''}</p></section>`;
  },
  css: '.gate{color:#14181f}',
  scripts: ['/js/app.js'],
  styles: ['/css/app.css'],
};
