import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { ApiRoute, apiRoutes } from '@understage/plugin-paas-common';
import { z } from 'zod';
import { refusalError } from '../http/refusalOf';
import { Door, Doors } from '../http/registerRoute';
import { AgentAction, agentActions } from './agentActions';
import { inputSchema, sentParts } from './inputParts';
import { toZod3Object } from './toZod3';

/**
 * Registers every use case as an action, for agents: the same door as the HTTP API, with the same checks, as the user
 * whom the agent acts for, and with the same line in the audit trail.
 */
export function registerActions(
  registry: ActionsRegistryService,
  doors: Doors,
): void {
  for (const [operation, route] of Object.entries<ApiRoute>(apiRoutes)) {
    const action = Object.entries(agentActions).find(
      ([id]) => id === operation,
    )?.[1];
    if (!action || 'none' in action) continue;
    const door = doors.get(route);
    if (!door) {
      throw new Error(
        `The action ${action.name} has no way into ${operation}; register its route first.`,
      );
    }
    register(registry, { route, action, door });
  }
}

function register(
  registry: ActionsRegistryService,
  entry: {
    readonly route: ApiRoute;
    readonly action: AgentAction;
    readonly door: Door;
  },
) {
  const { route, action, door } = entry;
  const { name, title, description, effect, example, queryNames } = action;
  const input = toZod3Object(inputSchema(route, queryNames), 'refused');
  const output = toZod3Object(outputSchema(route), 'kept');
  registry.register({
    name,
    title,
    description,
    examples: [{ title, input: example }],
    attributes: {
      readOnly: effect === 'reads',
      destructive: effect === 'destroys',
      idempotent: true,
    },
    schema: { input: () => input, output: () => output },
    action: async ({ input: given, credentials, logger }) => {
      const sent = sentParts(route, given, queryNames);
      try {
        return { output: { answer: await door({ credentials, ...sent }) } };
      } catch (error) {
        throw refusalError(error, logger);
      }
    },
  });
}

/** The answer of the HTTP API, in an object: actions answer objects only, and some answers are one of several. */
function outputSchema(route: ApiRoute) {
  const answer = z.toJSONSchema(route.answer, {
    io: 'output',
    unrepresentable: 'any',
    reused: 'inline',
  });
  const isStream = route.contentType === 'text/event-stream';
  return {
    properties: {
      answer: isStream ? { type: 'array' as const, items: answer } : answer,
    },
    required: ['answer'],
  };
}
