import type { RequestHandler } from 'express';
import type { NodeAPI } from 'node-red';
import { attachSimulatorRoutes } from '../../nodes/shared/simulator/routes.ts';

/**
 * Node-RED's own part of the simulator: a permission check that lets everybody in, and a server that
 * serves RED.httpNode. To be loaded before the nodes.
 */
export function simulatorAdmin(RED: NodeAPI): void {
  const needsPermission = (): RequestHandler => (_request, _response, next) => next();
  Object.assign(RED, { auth: { needsPermission } });
  RED.server.removeAllListeners('request').on('request', RED.httpNode);
  attachSimulatorRoutes(RED);
}
