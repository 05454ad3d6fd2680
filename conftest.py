"""Documents and docstrings run as tests."""

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser
from sybil.sybil import SybilCollection

_readme = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()], pattern="README.md")
_documents = Sybil(parsers=[PythonCodeBlockParser(), SkipParser()], path="docs", pattern="*.md")
_docstrings = Sybil(parsers=[DocTestParser()], path="src", pattern="*.py")

pytest_collect_file = SybilCollection([_readme, _documents, _docstrings]).pytest()
