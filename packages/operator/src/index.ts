export {
  startOperator,
  type Log,
  type OperatorOptions,
  type RunningOperator,
} from './startOperator';
export { createTelemetry, type Telemetry } from './telemetry';
