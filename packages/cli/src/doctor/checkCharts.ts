import { loadPlatform } from '../cluster/loadPlatform';
import { CliFailure } from '../exitCodes';
import { VerbContext } from '../Verb';
import type { Finding } from './Check';

/** Can charts be planned from here? Without repositories or helm, only applications without new charts can. */
export async function checkCharts(context: VerbContext): Promise<Finding> {
  const check = 'charts';
  try {
    const { chartRepositories } = await loadPlatform(context);
    const { helm, program } = context.world;
    if (helm === undefined) {
      return {
        check,
        verdict: 'problem',
        message: `There is no helm on this machine, so ${program} plan and render can not render charts: install helm 4, or name it with UNDERSTAGE_HELM`,
      };
    }
    const aliases = Object.keys(chartRepositories).sort();
    return aliases.length === 0
      ? {
          check,
          verdict: 'unknown',
          message:
            "No chart repositories are configured here: plan and render need the operator's own --config (or $UNDERSTAGE_CONFIG) for charts",
        }
      : {
          check,
          verdict: 'ok',
          message: `repositories ${aliases.join(', ')} are configured`,
        };
  } catch (error) {
    if (!(error instanceof CliFailure)) throw error;
    return { check, verdict: 'problem', message: error.message };
  }
}
