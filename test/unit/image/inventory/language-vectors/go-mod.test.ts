import { analyzer as goMod } from '../../../../../src/image/inventory/analyzers/language/go-mod.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(goMod, 'go.mod', [
  { file: 'scalibr:language/golang/gomod/testdata/empty.mod', packages: [] },
  { file: 'scalibr:language/golang/gomod/testdata/indirect-1.16.mod', packages: ['github.com/sirupsen/logrus v1.9.3'] },
  {
    file: 'scalibr:language/golang/gomod/testdata/indirect-1.23.mod',
    packages: ['github.com/sirupsen/logrus v1.9.3', 'golang.org/x/sys v0.0.0-20220715151400-c0bba94af5f8'],
  },
  {
    file: 'scalibr:language/golang/gomod/testdata/indirect-packages.mod',
    packages: [
      'github.com/BurntSushi/toml v1.0.0',
      'gopkg.in/yaml.v2 v2.4.0',
      'github.com/mattn/go-colorable v0.1.9',
      'github.com/mattn/go-isatty v0.0.14',
      'golang.org/x/sys v0.0.0-20210630005230-0f9fa26af87c',
    ],
  },
  { file: 'scalibr:language/golang/gomod/testdata/not-go-mod.mod', packages: [], problems: 1 },
  { file: 'scalibr:language/golang/gomod/testdata/one-package.mod', packages: ['github.com/BurntSushi/toml v1.0.0'] },
  { file: 'scalibr:language/golang/gomod/testdata/replace-different.mod', packages: ['example.com/fork/foe v1.4.5', 'example.com/fork/foe v1.4.2'] },
  { file: 'scalibr:language/golang/gomod/testdata/replace-local.mod', packages: ['github.com/BurntSushi/toml v1.0.0'] },
  { file: 'scalibr:language/golang/gomod/testdata/replace-mixed.mod', packages: ['example.com/fork/net v1.4.5', 'golang.org/x/net v0.5.6'] },
  { file: 'scalibr:language/golang/gomod/testdata/replace-no-version.mod', packages: ['example.com/fork/net v1.4.5'] },
  {
    file: 'scalibr:language/golang/gomod/testdata/replace-not-required.mod',
    packages: ['golang.org/x/net v0.5.6', 'github.com/BurntSushi/toml v1.0.0'],
  },
  { file: 'scalibr:language/golang/gomod/testdata/replace-one.mod', packages: ['example.com/fork/net v1.4.5'] },
  { file: 'scalibr:language/golang/gomod/testdata/toolchain-with-suffix.mod', packages: ['github.com/BurntSushi/toml v1.0.0'] },
  { file: 'scalibr:language/golang/gomod/testdata/toolchain.mod', packages: ['github.com/BurntSushi/toml v1.0.0'] },
  { file: 'scalibr:language/golang/gomod/testdata/two-packages.mod', packages: ['github.com/BurntSushi/toml v1.0.0', 'gopkg.in/yaml.v2 v2.4.0'] },
  {
    file: 'trivy:golang/mod/testdata/go116/go.mod',
    packages: ['github.com/aquasecurity/go-dep-parser v0.0.0-20211224170007-df43bca6b6ff', 'gopkg.in/yaml.v3 v3.0.0-20210107192922-496545a6307b'],
  },
  { file: 'trivy:golang/mod/testdata/no-go-version/gomod', packages: ['github.com/aquasecurity/go-dep-parser v0.0.0-20211224170007-df43bca6b6ff'] },
  {
    file: 'trivy:golang/mod/testdata/normal/go.mod',
    packages: [
      'github.com/aquasecurity/go-version v0.0.0-20240603093900-cf8a8d29271d',
      'github.com/davecgh/go-spew v1.1.2-0.20180830191138-d8f796af33cc',
      'github.com/pmezard/go-difflib v1.0.1-0.20181226105442-5d4384ee4fb2',
      'github.com/stretchr/testify v1.9.0',
      'golang.org/x/xerrors v0.0.0-20231012003039-104605ab7028',
    ],
  },
  {
    file: 'trivy:golang/mod/testdata/replaced-with-local-path-and-version-mismatch/go.mod',
    packages: [
      'github.com/aquasecurity/go-dep-parser v0.0.0-20211224170007-df43bca6b6ff',
      'golang.org/x/xerrors v0.0.0-20200804184101-5ec99f83aff1',
      'gopkg.in/yaml.v3 v3.0.0-20210107192922-496545a6307b',
    ],
  },
  { file: 'trivy:golang/mod/testdata/replaced-with-local-path-and-version-mismatch/xerrors/go.mod', packages: [] },
  {
    file: 'trivy:golang/mod/testdata/replaced-with-local-path-and-version/go.mod',
    packages: ['github.com/aquasecurity/go-dep-parser v0.0.0-20211224170007-df43bca6b6ff', 'gopkg.in/yaml.v3 v3.0.0-20210107192922-496545a6307b'],
  },
  { file: 'trivy:golang/mod/testdata/replaced-with-local-path-and-version/xerrors/go.mod', packages: [] },
  {
    file: 'trivy:golang/mod/testdata/replaced-with-local-path/go.mod',
    packages: ['github.com/aquasecurity/go-dep-parser v0.0.0-20211224170007-df43bca6b6ff', 'gopkg.in/yaml.v3 v3.0.0-20210107192922-496545a6307b'],
  },
  { file: 'trivy:golang/mod/testdata/replaced-with-local-path/xerrors/go.mod', packages: [] },
  {
    file: 'trivy:golang/mod/testdata/replaced-with-version-mismatch/go.mod',
    packages: [
      'github.com/aquasecurity/go-dep-parser v0.0.0-20211224170007-df43bca6b6ff',
      'golang.org/x/xerrors v0.0.0-20200804184101-5ec99f83aff1',
      'gopkg.in/yaml.v3 v3.0.0-20210107192922-496545a6307b',
    ],
  },
  {
    file: 'trivy:golang/mod/testdata/replaced-with-version/go.mod',
    packages: ['github.com/aquasecurity/go-dep-parser v0.0.0-20220406074731-71021a481237', 'golang.org/x/xerrors v0.0.0-20200804184101-5ec99f83aff1'],
  },
  {
    file: 'trivy:golang/mod/testdata/replaced/go.mod',
    packages: ['github.com/aquasecurity/go-dep-parser v0.0.0-20220406074731-71021a481237', 'golang.org/x/xerrors v0.0.0-20200804184101-5ec99f83aff1'],
  },
  { file: 'syft:golang/testdata/archs/src/go.mod', packages: [] },
  { file: 'syft:golang/testdata/corrupt/go.mod', packages: [], problems: 3 },
  { file: 'syft:golang/testdata/glob-paths/src/go.mod', packages: [] },
  {
    file: 'syft:golang/testdata/go-mod-fixtures/many-packages/go.mod',
    packages: 6,
    has: [
      'github.com/anchore/go-testutils v0.0.0-20200624184116-66aa578126db',
      'github.com/anchore/archiver/v3 v3.5.2',
      'github.com/go-test/deep v1.0.6',
    ],
  },
  { file: 'syft:golang/testdata/go-mod-fixtures/one-package/go.mod', packages: ['github.com/bmatcuk/doublestar v1.3.1'] },
  { file: 'syft:golang/testdata/go-mod-fixtures/relative-replace/go.mod', packages: [] },
  {
    file: 'syft:golang/testdata/go-source-replacements/go.mod',
    packages: ['rsc.io/quote v1.5.2', 'golang.org/x/text v0.0.0-20170915032832-14c0d48ead0c', 'rsc.io/sampler v1.3.1'],
  },
  {
    file: 'syft:golang/testdata/go-sum-hashes/go.mod',
    packages: [
      'github.com/CycloneDX/cyclonedx-go v0.6.0',
      'github.com/acarl005/stripansi v0.0.0-20180116102854-5a71ef0e047d',
      'github.com/mgutz/ansi v0.0.0-20200706080929-d51e80ef957d',
    ],
  },
  {
    file: 'syft:golang/testdata/image-not-a-module/go.mod',
    packages: 10,
    has: [
      'github.com/anchore/archiver/v3 v3.5.3-0.20241210171143-5b1d8d1c7c51',
      'github.com/klauspost/pgzip v1.2.6',
      'github.com/xi2/xz v0.0.0-20171230120015-48954b6210f8',
    ],
  },
  {
    file: 'syft:golang/testdata/image-small-upx/go.mod',
    packages: 10,
    has: [
      'github.com/anchore/archiver/v3 v3.5.3-0.20241210171143-5b1d8d1c7c51',
      'github.com/klauspost/pgzip v1.2.6',
      'github.com/xi2/xz v0.0.0-20171230120015-48954b6210f8',
    ],
  },
  {
    file: 'syft:golang/testdata/image-small/go.mod',
    packages: 10,
    has: [
      'github.com/anchore/archiver/v3 v3.5.3-0.20241210171143-5b1d8d1c7c51',
      'github.com/klauspost/pgzip v1.2.6',
      'github.com/xi2/xz v0.0.0-20171230120015-48954b6210f8',
    ],
  },
  {
    file: 'trivy:golang/sum/testdata/gomod_emptyline.sum',
    path: 'go.sum',
    packages: ['github.com/karrick/godirwalk v1.12.0', 'github.com/pkg/errors v0.8.1'],
  },
  {
    file: 'trivy:golang/sum/testdata/gomod_many.sum',
    path: 'go.sum',
    packages: 11,
    has: [
      'github.com/BurntSushi/toml v0.3.1',
      'github.com/shurcooL/sanitized_anchor_name v1.0.0',
      'gopkg.in/yaml.v3 v3.0.0-20200313102051-9f266ea9e77c',
    ],
  },
  { file: 'trivy:golang/sum/testdata/gomod_normal.sum', path: 'go.sum', packages: ['golang.org/x/xerrors v0.0.0-20200804184101-5ec99f83aff1'] },
  { file: 'trivy:golang/sum/testdata/gomod_trivy.sum', path: 'go.sum', packages: ['github.com/aquasecurity/trivy v0.16.0'] },
]);
