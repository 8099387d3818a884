// Resolved from this file, so that the CLI runs from any working directory.
require('@backstage/cli/config/nodeTransform.cjs');
