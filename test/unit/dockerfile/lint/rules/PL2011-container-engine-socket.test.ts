import { rule } from '../../../../../src/dockerfile/lint/rules/PL2011-container-engine-socket.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nVOLUME /var/lib/docker /run/mydocker.sock\nVOLUME /run\nENV DOCKER_HOST=tcp://a:2376\n',
    'FROM a:1\nRUN echo /var/run/docker.sock && docker run -v /data:/data a && docker ps\n',
    'FROM a:1\nENV DOCKER_HOST=ssh://a@b\nLABEL a=/var/run/docker.sock\n',
  ],
  invalid: [
    { code: 'FROM a:1\nVOLUME /var/run/docker.sock\nUSER 1\n', at: '/var/run/docker.sock', fixed: 'FROM a:1\nUSER 1\n' },
    { code: 'FROM a:1\nVOLUME /a /run/docker.sock\n', at: '/run/docker.sock', fixed: 'FROM a:1\nVOLUME /a\n' },
    { code: 'FROM a:1\nVOLUME ["/a", "/run/crio/crio.sock"]\n', at: '/run/crio/crio.sock' },
    {
      code: 'FROM a:1\nRUN --mount=type=bind,src=/run/podman/podman.sock,dst=/a.sock b\n',
      at: '--mount=type=bind,src=/run/podman/podman.sock,dst=/a.sock',
      fixed: 'FROM a:1\nRUN b\n',
    },
    { code: 'FROM a:1\nCMD docker run -v /var/run/docker.sock:/var/run/docker.sock a\n', at: '/var/run/docker.sock:/var/run/docker.sock' },
    { code: 'FROM a:1\nENV A=b DOCKER_HOST=tcp://0.0.0.0:2375\n', at: 'DOCKER_HOST=tcp://0.0.0.0:2375', fixed: 'FROM a:1\nENV A=b\n' },
  ],
});
