# Every command sets up what it needs by itself. Each is an invoke task with options: .venv/bin/invoke --list
.DEFAULT_GOAL := help
.PHONY: help html new import mcp serve editor check review hooks schema test soak bare bench lighthouse publish setup backup sbom audit demo clean requirements
INVOKE := .venv/bin/invoke
READY := .venv/.ready
EDITOR_READY := .venv/.ready-editor
WORD_READY := .venv/.ready-word
TRUST_READY := .venv/.ready-trust
ASSISTANT_READY := .venv/.ready-assistant
TESTS_READY := .venv/.ready-tests
BENCH_READY := .venv/.ready-bench
LIGHTHOUSE_READY := .venv/.ready-lighthouse

help: ## liệt kê các lệnh
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

html: $(READY) ## kiểm tra nội dung rồi dựng trang vào output/
	@$(INVOKE) build

new: $(READY) ## bắt đầu một bài: hỏi loại và tên, ghi một bản nháp
	@$(INVOKE) new

serve: $(READY) ## xem trước trên máy này, tự dựng lại mỗi khi lưu tệp
	@$(INVOKE) serve

editor: $(EDITOR_READY) ## mở trang biên tập trên trình duyệt, ngay trên máy này (lần đầu cần Node.js)
	@$(MAKE) -s $(WORD_READY) || echo 'Chưa cài được phần đọc tệp Word: trang biên tập vẫn chạy, chỉ chưa nhập được tệp Word. Cách sửa: chạy lại make editor khi máy có mạng.' >&2
	@$(INVOKE) editor

check: $(READY) ## chỉ kiểm tra nội dung (make check FIX=1 để tự sửa lỗi sửa được)
	@$(INVOKE) check $(if $(FIX),--fix)

review: $(READY) ## cho biết đăng bây giờ sẽ thay đổi gì, và mỗi bài sẽ hiện ra sao
	@$(INVOKE) review

schema: $(READY) ## ghi lược đồ của các trường cho VS Code
	@$(INVOKE) schema

hooks: $(READY) ## cho git kiểm tra bài trước mỗi lần commit
	@$(INVOKE) hooks

test: $(TESTS_READY) ## chạy mọi kiểm thử, tự cài những gì cần
	@$(INVOKE) test

soak: $(TESTS_READY) ## chạy lâu những kiểm thử mà make test chỉ lấy mẫu, rồi make bare (dưới chín mươi phút)
	@$(INVOKE) soak
	@sh scripts/bare.sh bookworm trixie

bare: ## dựng Debian 12 và 13 trống rồi chạy make html, editor, test trong đó (cần root, khoảng hai mươi phút)
	@sh scripts/bare.sh bookworm trixie

bench: $(BENCH_READY) ## đo tốc độ so với Pelican nguyên bản và Hugo (khoảng nửa giờ)
	@$(INVOKE) bench

lighthouse: $(LIGHTHOUSE_READY) ## chấm điểm mọi loại trang bằng Lighthouse (khoảng hai phút)
	@$(INVOKE) lighthouse

publish: $(TRUST_READY) ## dựng bản để đăng, kiểm lại, chép tới nơi khai báo trong publishconf.py (DUE=1: chỉ khi có gì mới)
	@$(INVOKE) publish $(if $(DUE),--if-due --if-new || [ $$? -eq 75 ])

setup: $(TRUST_READY) ## cài những gì make publish cần, ví dụ sau khi lấy mã nguồn mới

backup: $(READY) ## sao lưu kho Git, tệp đính kèm và danh mục các bản vào .backup/
	@$(INVOKE) backup

sbom: $(TRUST_READY) ## ghi danh mục thành phần phần mềm (CycloneDX) vào sbom.cdx.json
	@$(INVOKE) sbom

audit: $(TRUST_READY) ## hỏi xem gói Python nào có lỗ hổng đã biết (cần mạng)
	@$(INVOKE) audit

import: $(WORD_READY) ## nhập tệp Word thành bài nháp (make import FILE=tệp.docx)
	@$(INVOKE) import "$(FILE)"

mcp: $(ASSISTANT_READY) ## chạy máy chủ MCP để trợ lý ảo khác hỏi trang (make mcp SOURCE=thư mục hoặc địa chỉ của trang)
	@$(INVOKE) mcp --source "$(or $(SOURCE),output)"

demo: $(READY) ## tạo và dựng trang minh họa (dữ liệu sinh ngẫu nhiên, không đăng được)
	@$(INVOKE) demo

requirements: $(TESTS_READY) ## ghim lại phiên bản các gói Python
	.venv/bin/uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements.in -o requirements.txt
	.venv/bin/uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements-dev.in -o requirements-dev.txt
	.venv/bin/uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements-bench.in -o requirements-bench.txt
	.venv/bin/uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements-word.in -o requirements-word.txt
	.venv/bin/uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements-trust.in -o requirements-trust.txt
	.venv/bin/uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements-store.in -o requirements-store.txt
	.venv/bin/uv pip compile -q -U --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate requirements-assistant.in -o requirements-assistant.txt

clean: ## xóa trang đã dựng và mọi thứ giữ lại giữa các lần dựng
	@if [ -x $(INVOKE) ]; then $(INVOKE) clean; fi
	@rm -rf .venv

$(READY): requirements.txt scripts/setup.sh
	@sh scripts/setup.sh runtime

$(EDITOR_READY): $(READY) editor/package-lock.json editor/debian-packages.txt scripts/setup.sh
	@sh scripts/setup.sh editor

$(WORD_READY): $(READY) requirements-word.txt scripts/setup.sh
	@sh scripts/setup.sh word

$(TRUST_READY): $(READY) requirements-trust.txt scripts/setup.sh
	@sh scripts/setup.sh trust

$(ASSISTANT_READY): $(READY) requirements-assistant.txt scripts/setup.sh
	@sh scripts/setup.sh assistant

$(TESTS_READY): $(WORD_READY) $(TRUST_READY) $(ASSISTANT_READY) requirements-dev.txt requirements-store.txt tests/debian-packages.txt tests/package-lock.json editor/package-lock.json editor/debian-packages.txt scripts/setup.sh
	@sh scripts/setup.sh tests

$(BENCH_READY): $(EDITOR_READY) requirements-bench.txt bench/package-lock.json scripts/setup.sh
	@sh scripts/setup.sh bench

$(LIGHTHOUSE_READY): $(TESTS_READY) bench/package-lock.json scripts/setup.sh
	@sh scripts/setup.sh lighthouse
