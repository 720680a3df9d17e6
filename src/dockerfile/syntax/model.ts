// (lint owner: define here) The parsed Dockerfile that rules ask questions of.
export interface DockerfileModel {
  readonly text: string;
}
