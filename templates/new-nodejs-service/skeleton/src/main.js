import { createService } from './server.js';

const port = Number(process.env.PORT ?? 8080);
const { server, stop } = createService();
server.listen(port, () => console.log(`listening on ${port}`));
process.once('SIGTERM', () => stop().then(() => process.exit(0)));
