import { analyzer as pythonRequirements } from '../../../../../src/image/inventory/analyzers/language/python-requirements.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(pythonRequirements, 'app/requirements.txt', [
  {
    file: 'scalibr:language/python/requirements/testdata/comments.txt',
    packages: ['PyCrypto 1.2-alpha', 'GMPY2 1', 'SymPy 1.2', 'requests 1.0', 'six 1.2'],
  },
  { file: 'scalibr:language/python/requirements/testdata/env_var.txt', packages: ['asdf 1.2', 'another 1.0'] },
  { file: 'scalibr:language/python/requirements/testdata/example.txt', packages: ['docopt 0.6.1'] },
  { file: 'scalibr:language/python/requirements/testdata/extras.txt', packages: ['pyjwt 2.1.0', 'celery 4.4.7'] },
  { file: 'scalibr:language/python/requirements/testdata/invalid.txt', packages: [] },
  { file: 'scalibr:language/python/requirements/testdata/loop.txt', packages: [] },
  { file: 'scalibr:language/python/requirements/testdata/multiline_and_comments.txt', packages: ['pkgA 1.0', 'pkgB 2.0'] },
  { file: 'scalibr:language/python/requirements/testdata/no_version.txt', packages: [] },
  { file: 'scalibr:language/python/requirements/testdata/other-loop.txt', packages: [] },
  { file: 'scalibr:language/python/requirements/testdata/other-requirements.txt', packages: ['pandas 2.2.3'] },
  { file: 'scalibr:language/python/requirements/testdata/per_req_options.txt', packages: 15, has: ['foo1 1.0', 'foo9 1.0', 'foo18-Client 1.0'] },
  { file: 'scalibr:language/python/requirements/testdata/trailing_backslash.txt', packages: ['pkg1 1.0'] },
  {
    file: 'scalibr:language/python/requirements/testdata/with_versions.txt',
    packages: ['nltk 3.2.2', 'tabulate 0.7.7', 'qwerty 0.1', 'hy-phen 1.2', 'under_score 1.3', 'pkg.dot.name 5.0.0', 'yolo 1.0'],
  },
  { file: 'syft:python/testdata/glob-paths/src/1-requirements-dev.txt', packages: [] },
  { file: 'syft:python/testdata/glob-paths/src/extra-requirements.txt', packages: [] },
  { file: 'syft:python/testdata/glob-paths/src/requirements-dev.txt', packages: [] },
  { file: 'syft:python/testdata/glob-paths/src/requirements.txt', packages: [] },
  { file: 'syft:python/testdata/pypi-remote/requirements.txt', packages: ['certifi 2025.10.5'] },
  { file: 'syft:python/testdata/requires/requirements.txt', packages: 10, has: ['flask 4.0.0', 'argh 0.26.2', 'local-version 1.2.3+gcr.2'] },
  { file: 'trivy:python/pip/testdata/requirement_exstras.txt', packages: ['pyjwt 2.1.0', 'celery 4.4.7'] },
  { file: 'trivy:python/pip/testdata/requirements_comments.txt', packages: ['click 8.0.0', 'Flask 2.0.0', 'MarkupSafe 2.0.0'] },
  { file: 'trivy:python/pip/testdata/requirements_compatible.txt', packages: [] },
  {
    file: 'trivy:python/pip/testdata/requirements_flask.txt',
    packages: ['click 8.0.0', 'Flask 2.0.0', 'itsdangerous 2.0.0', 'Jinja2 3.0.0', 'MarkupSafe 2.0.0', 'Werkzeug 2.0.0'],
  },
  { file: 'trivy:python/pip/testdata/requirements_hash.txt', packages: ['FooProject 1.2', 'Jinja2 3.0.0'] },
  { file: 'trivy:python/pip/testdata/requirements_hyphens.txt', packages: ['oauth2-client 4.0.0', 'python-gitlab 2.0.0'] },
  { file: 'trivy:python/pip/testdata/requirements_no_version.txt', packages: ['Flask 2.0.0'] },
  { file: 'trivy:python/pip/testdata/requirements_operator.txt', packages: ['Django 2.3.4', 'SomeProject 5.4'] },
  { file: 'trivy:python/pip/testdata/requirements_spaces.txt', packages: ['click 8.0.0', 'Flask 2.0.0', 'itsdangerous 2.0.0', 'Jinja2 3.0.0'] },
  { file: 'trivy:python/pip/testdata/requirements_utf16le.txt', packages: ['attrs 20.3.0'] },
  { file: 'trivy:python/pip/testdata/requirements_with_templating_engine.txt', packages: [] },
]);
