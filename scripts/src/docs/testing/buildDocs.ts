import { ConfigReader } from '@backstage/config';
import { TechdocsGenerator } from '@backstage/plugin-techdocs-node';
import { createLogger, transports } from 'winston';

// TechDocs' own local generator, as a process: it finds mkdocs on the PATH of its process, which a test can not change
// from within.
async function main(): Promise<void> {
  const [inputDir, outputDir] = process.argv.slice(2);
  const logger = createLogger({ transports: [new transports.Stream({ stream: process.stderr })] });
  const config = new ConfigReader({
    techdocs: { generator: { runIn: 'local' } },
  });
  await TechdocsGenerator.fromConfig(config, { logger }).run({
    inputDir,
    outputDir,
    logger,
  });
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exit(1);
});
