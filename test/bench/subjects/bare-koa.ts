import Koa from 'koa';
import { listenAndTell } from './listen-and-tell';

/** What everything is measured against: Koa answering a small JSON and nothing else. */
const app = new Koa();
app.use((ctx) => {
  ctx.body = { hello: 'world' };
});
listenAndTell(app);
