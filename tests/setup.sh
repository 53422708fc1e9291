#!/bin/sh
# Gets what the tests need and pip cannot install: a Chromium, a Chinese font, LibreOffice, and the
# Nu HTML checker (vnu.jar, from npm) with a Java.
#
#   sh tests/setup.sh .venv/bin/python
#
# What is already there is used (tests/programs.py says where it looks). Else Chromium comes
# from Playwright, and everything from apt-get when we are root. What stays missing is said:
# on a laptop the tests that need it are skipped, with CI=true this fails.
set -u
python=$1
vnu=26.9.27 # the version of the HTML checker
stamp=.setup/programs # what was found; each path in it is looked at again next time

have() { "$python" -m tests.programs "$@" >/dev/null; }

known_and_there() {
    [ -s "$stamp" ] && [ "$stamp" -nt tests/setup.sh ] && [ "$stamp" -nt tests/programs.py ] &&
        while read -r path; do [ -e "$path" ] || return 1; done <"$stamp"
}

try_playwright() {
    echo "安装浏览器 getting a browser: playwright install chromium" >&2
    "$python" -m playwright install chromium >.setup/playwright.log 2>&1 </dev/null ||
        { grep -m 1 Error .setup/playwright.log >&2; return 1; }
}

try_apt() {
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then return 1; fi
    echo "安装 installing: apt-get install $*" >&2
    export DEBIAN_FRONTEND=noninteractive
    # two sessions may come here at once, hence the wait for apt's lock
    apt-get -qq -o DPkg::Lock::Timeout=900 update >&2 </dev/null
    apt-get -qq -o DPkg::Lock::Timeout=900 install --yes --no-install-recommends "$@" \
        >.setup/apt.log 2>&1 </dev/null || { tail -n 20 .setup/apt.log >&2; return 1; }
}

try_npm() {
    command -v npm >/dev/null || return 1
    echo "取 HTML 校验器 getting the HTML checker: npm pack vnu-jar@$vnu" >&2
    (cd .setup && npm pack --silent "vnu-jar@$vnu" >npm.log 2>&1 </dev/null &&
        tar -xzf "vnu-jar-$vnu.tgz" package/build/dist/vnu.jar && mv package/build/dist/vnu.jar . &&
        rm -r package "vnu-jar-$vnu.tgz") || { tail -n 5 .setup/npm.log >&2; return 1; }
}

mkdir -p .setup
if known_and_there; then exit 0; fi
rm -f "$stamp"

have browser || { try_playwright && have browser; } || try_apt chromium
have chinese-font || try_apt fontconfig fonts-noto-cjk
have office || try_apt libreoffice-writer
have spreadsheet || try_apt libreoffice-calc
if ! have validator; then
    command -v java >/dev/null || try_apt default-jre-headless
    command -v npm >/dev/null || try_apt npm
    try_npm
fi

missing=""
for program in browser chinese-font office spreadsheet validator; do
    have "$program" || missing="$missing $program"
done

if [ -z "$missing" ]; then
    "$python" -m tests.programs browser office validator >"$stamp"
elif [ "${CI:-}" = true ]; then
    echo "测试缺少 the tests lack:$missing" >&2
    exit 1
else
    echo "注意：测试缺少$missing，相关测试将被跳过。" >&2
    echo "Note: the tests that need$missing are skipped. Install Chromium or Chrome," >&2
    echo "LibreOffice Writer and Calc, a Chinese font (fonts-noto-cjk), Java and npm to run them." >&2
fi
