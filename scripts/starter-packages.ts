/**
 * The packages of the smallest images: what every image built on a distribution has, by the names under which advisories are filed (source packages of Debian and Ubuntu,
 * origins of Alpine). The starter set keeps every fix of these that is not negligible.
 */
export const basePackages: ReadonlySet<string> = new Set([
  ...words(`apk-tools apt attr audit base-files bash brotli busybox bzip2 c-ares ca-certificates coreutils cyrus-sasl cyrus-sasl2 db5.3 dbus debianutils diffutils dpkg
    e2fsprogs expat file findutils gawk gcc-10 gcc-12 gcc-14 gcc-9 glib glib2.0 glibc gmp gnupg gnupg2 gnutls gnutls28 grep gzip icu keyutils krb5 less libarchive libcap libcap2
    libdeflate libffi libgcrypt libgcrypt20 libgpg-error libidn libidn2 libksba libseccomp libssh libssh2 libtasn1 libtasn1-6 libtirpc libunistring libxcrypt libxml2 libxslt
    libxslt1.1 libzstd linux-pam lua5.1 lua5.3 lua5.4 lz4 mpfr4 musl ncurses nettle nghttp2 nghttp3 nss openldap openssl openssl1.1-compat openssl3 p11-kit pam patch pcre pcre2 pcre3 perl popt procps
    readline rpm sed shadow sqlite sqlite3 systemd tar tzdata ucf unzip util-linux wget xz xz-utils zip zlib zstd`),
]);

/**
 * What is often installed on them, and for a language `<prefix>:<name>`. The starter set keeps more of these than of what is not listed here.
 */
export const imagePackages: ReadonlySet<string> = new Set([
  ...words(`apache2 aspell bind bind9 binutils composer curl djvulibre exim4 ffmpeg fontconfig freetype gd gdk-pixbuf ghostscript git go golang-1.15 golang-1.19 haproxy imagemagick jansson
    jq lcms2 libde265 libevent libexif libgd2 libgit2 libheif libjpeg-turbo libpng libpng1.6 librsvg libsndfile libtool libuv libvpx libwebp libx11 libxpm libyaml mariadb mariadb-10.3
    mariadb-10.5 memcached mercurial mysql-8.0 nginx nodejs nodejs-current npm openexr openjdk-11 openjdk-17 openjdk-21 openjdk11 openjdk17 openjdk8 openjpeg openjpeg2 openssh openvpn pango php7 php7.4
    php8.1 php8.2 php8.3 php8 php81 php82 php83 postgresql postgresql-12 postgresql-13 postgresql-14 postgresql-15 postgresql-17 postgresql12 postgresql13 postgresql14
    postgresql15 postgresql16 protobuf py3-cryptography py3-pip py3-requests py3-setuptools py3-urllib3 python-cryptography python-pip python-urllib3 python2 python2.7 python3 python3.10 python3.11
    python3.13 python3.8 python3.9 redis rsync ruby ruby2.7 ruby3.1 ruby3.3 samba screen subversion sudo supervisor tiff tmux tomcat10 tomcat9 vim yarn`),
  ...words(`@babel/traverse acorn ajv angular ansi-regex async aws-sdk axios bl body-parser bootstrap braces browserslist bson color-string cookie cross-spawn debug decode-uri-component
    diff dot-prop ejs elliptic engine.io express express-fileupload fast-xml-parser follow-redirects form-data glob-parent got handlebars hoek hosted-git-info http-cache-semantics
    http-proxy https-proxy-agent immer ini ip jquery js-yaml json-schema json5 jsonwebtoken kind-of loader-utils lodash lodash.merge lodash.template log4js marked merge-deep minimatch minimist
    mixin-deep moment moment-timezone mongodb mongoose morgan mpath multer mysql nanoid next node-fetch node-forge node-notifier node-sass nodemailer normalize-url npm nth-check
    parse-url passport path-parse path-to-regexp pg postcss prismjs protobufjs pug qs react react-dom redis request sanitize-html semver send serialize-javascript serve-static
    set-value shell-quote shelljs socket.io socket.io-parser sqlite3 ssri static-eval tar tar-fs terser tmpl tough-cookie trim-newlines tunnel-agent ua-parser-js underscore
    undici unset-value url-parse uuid validator vm2 webpack-dev-server ws xml2js xmldom y18n yargs-parser`).map((name) => `npm:${name}`),
  ...words(`aiohttp ansible apache-airflow babel bleach bottle celery certifi cryptography django djangorestframework fastapi flask flask-cors gitpython gunicorn h11 httplib2 httpx idna
    ipython jinja2 jupyter-server lxml mako markdown markdown2 markupsafe mistune notebook numpy oauthlib opencv-python pandas paramiko pillow pip protobuf psutil py pycrypto pycryptodome
    pydantic pygments pyjwt pymongo pyopenssl python-jose python-multipart pywin32 pyyaml redis reportlab requests rsa salt scikit-learn scipy scrapy setuptools sqlalchemy sqlparse starlette
    tensorflow torch tornado tqdm transformers twisted ujson urllib3 uvicorn virtualenv waitress werkzeug wheel zipp`).map((name) => `pip:${name}`),
]);

/** What runs a host or a desktop and not a container: kernels, hypervisors, browsers. Left out whatever its severity, so that there is room for what matters. */
export const hostPackages: readonly RegExp[] = [
  /^(?:linux|linux-.*|xen|qemu|virtualbox|grub2|firmware-.*|intel-microcode|amd64-microcode|nvidia-.*)$/,
  /^(?:chromium|chromium-browser|firefox|firefox-esr|thunderbird|webkit2gtk|webkit2gtk-.*|wpewebkit|qtwebengine.*|qt[56]-qtwebengine|mozjs.*|libreoffice|wireshark|mediawiki)$/,
];

function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
