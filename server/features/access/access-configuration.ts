import type { AccessConfiguration } from '../../../contract/access.ts';
import { accessEndpoints as e } from '../../../contract/access.ts';

/**
 * The metadata of the decision point (AuthZEN 1.0 section 9.1).
 *
 * @param publicUrl The deployment's origin; it is the decision point's identifier as well.
 */
export function accessConfigurationOf(publicUrl: string): AccessConfiguration {
  return {
    policy_decision_point: publicUrl,
    access_evaluation_endpoint: publicUrl + e.evaluate.path,
    access_evaluations_endpoint: publicUrl + e.evaluateAll.path,
    search_subject_endpoint: publicUrl + e.searchSubjects.path,
    search_resource_endpoint: publicUrl + e.searchResources.path,
    search_action_endpoint: publicUrl + e.searchActions.path,
  };
}
