// Prints where the fields of the Go runtime's structures lie, from the debug information of programs built by several
// releases: a column for each, a row for each field. Arguments: MINOR=AMD64-PROGRAM,ARM64-PROGRAM in order.
package main

import (
	"debug/dwarf"
	"debug/elf"
	"fmt"
	"os"
	"strings"
)

// A row: its name, and the paths of the field, the first that a release has. A "+N" is added to the offset. A "?" says
// that some releases have no such field.
var rows = []struct{ name, paths string }{
	{"g.size", "runtime.g"},
	{"g.stack.lo", "runtime.g stack.lo"},
	{"g.stack.hi", "runtime.g stack.hi"},
	{"g.sched.sp", "runtime.g sched.sp"},
	{"g.sched.pc", "runtime.g sched.pc"},
	{"g.sched.g", "runtime.g sched.g"},
	{"g.sched.bp", "runtime.g sched.bp"},
	{"g.syscallsp", "runtime.g syscallsp"},
	{"g.syscallpc", "runtime.g syscallpc"},
	{"g.syscallbp", "runtime.g syscallbp|?"},
	{"g.atomicstatus", "runtime.g atomicstatus"},
	{"g.goid", "runtime.g goid"},
	{"g.waitsince", "runtime.g waitsince"},
	{"g.waitreason", "runtime.g waitreason"},
	{"g.trackingSeq", "runtime.g trackingSeq"},
	{"g.parentGoid", "runtime.g parentGoid|?"},
	{"g.gopc", "runtime.g gopc"},
	{"g.startpc", "runtime.g startpc"},
	{"sched.goidgen", "runtime.schedt goidgen"},
	{"sched.maxmcount", "runtime.schedt maxmcount"},
	{"sched.ngsys", "runtime.schedt ngsys"},
	{"sched.gFree", "runtime.schedt gFree.n|runtime.schedt gFree.stack.size"},
	{"sched.gFree.noStack", "runtime.schedt gFree.noStack.size|?"},
	{"p.id", "runtime.p id"},
	{"p.status", "runtime.p status"},
	{"p.gFree", "runtime.p gFree.n|runtime.p gFree.size"},
	{"moduledata.funcnametab", "runtime.moduledata funcnametab"},
	{"moduledata.cutab", "runtime.moduledata cutab"},
	{"moduledata.filetab", "runtime.moduledata filetab"},
	{"moduledata.pctab", "runtime.moduledata pctab"},
	{"moduledata.pclntable", "runtime.moduledata pclntable"},
	{"moduledata.ftab", "runtime.moduledata ftab"},
	{"moduledata.text", "runtime.moduledata text"},
	{"moduledata.etext", "runtime.moduledata etext"},
	{"moduledata.data", "runtime.moduledata data"},
	{"moduledata.edata", "runtime.moduledata edata"},
	{"moduledata.bss", "runtime.moduledata bss"},
	{"moduledata.ebss", "runtime.moduledata ebss"},
	{"moduledata.noptrbss", "runtime.moduledata noptrbss"},
	{"moduledata.enoptrbss", "runtime.moduledata enoptrbss"},
	{"moduledata.gofunc", "runtime.moduledata gofunc"},
	{"func.size", "runtime._func"},
	{"func.nameOff", "runtime._func nameOff|runtime._func nameoff"},
	{"func.pcfile", "runtime._func pcfile"},
	{"func.pcln", "runtime._func pcln"},
	{"func.npcdata", "runtime._func npcdata"},
	{"func.cuOffset", "runtime._func cuOffset"},
	{"func.funcID", "runtime._func funcID"},
	{"func.nfuncdata", "runtime._func nfuncdata"},
	{"inline.size", "runtime.inlinedCall"},
	{"inline.funcID", "runtime.inlinedCall funcID"},
	{"inline.nameOff", "runtime.inlinedCall nameOff|runtime.inlinedCall func_"},
	{"inline.parentPc", "runtime.inlinedCall parentPc"},
}

func main() {
	var columns [][]string
	header := []string{"field"}
	for _, argument := range os.Args[1:] {
		minor, programs, _ := strings.Cut(argument, "=")
		header = append(header, minor)
		var column []string
		for _, program := range strings.Split(programs, ",") {
			other := read(program)
			if column != nil && strings.Join(column, " ") != strings.Join(other, " ") {
				fail("the architectures differ: %s\n%v\n%v", argument, column, other)
			}
			column = other
		}
		columns = append(columns, column)
	}
	line(header)
	for i, row := range rows {
		cells := []string{row.name}
		for _, column := range columns {
			cells = append(cells, column[i])
		}
		line(cells)
	}
}

func line(cells []string) {
	text := fmt.Sprintf("%-24s", cells[0])
	for _, cell := range cells[1:] {
		text += fmt.Sprintf("%6s", cell)
	}
	fmt.Println(text)
}

func read(program string) []string {
	file, err := elf.Open(program)
	if err != nil {
		fail("%v", err)
	}
	debug, err := file.DWARF()
	if err != nil {
		fail("%s: %v", program, err)
	}
	structs := structs(debug)
	var column []string
	for _, row := range rows {
		column = append(column, cell(program, structs, row.paths))
	}
	return column
}

func structs(debug *dwarf.Data) map[string]*dwarf.StructType {
	found := map[string]*dwarf.StructType{}
	for reader := debug.Reader(); ; {
		entry, err := reader.Next()
		if err != nil || entry == nil {
			return found
		}
		name, _ := entry.Val(dwarf.AttrName).(string)
		if entry.Tag == dwarf.TagStructType && strings.HasPrefix(name, "runtime.") {
			if kind, err := debug.Type(entry.Offset); err == nil {
				found[name] = kind.(*dwarf.StructType)
			}
		}
	}
}

func cell(program string, structs map[string]*dwarf.StructType, paths string) string {
	for _, path := range strings.Split(paths, "|") {
		if path == "?" {
			return "-"
		}
		name, fields, hasFields := strings.Cut(path, " ")
		kind := structs[name]
		if kind == nil {
			continue
		}
		if !hasFields {
			return fmt.Sprint(kind.ByteSize)
		}
		if offset, ok := offset(kind, strings.Split(fields, ".")); ok {
			return fmt.Sprint(offset)
		}
	}
	fail("%s has no %s", program, paths)
	return ""
}

// Where a field lies, also one of an embedded structure.
func offset(kind dwarf.Type, path []string) (int64, bool) {
	if len(path) == 0 {
		return 0, true
	}
	if named, ok := kind.(*dwarf.TypedefType); ok {
		kind = named.Type
	}
	record, ok := kind.(*dwarf.StructType)
	if !ok {
		return 0, false
	}
	for _, field := range record.Field {
		if field.Name == path[0] {
			inner, ok := offset(field.Type, path[1:])
			return field.ByteOffset + inner, ok
		}
	}
	for _, field := range record.Field {
		if strings.HasSuffix(field.Type.String(), "runtime."+field.Name) {
			if inner, ok := offset(field.Type, path); ok {
				return field.ByteOffset + inner, true
			}
		}
	}
	return 0, false
}

func fail(format string, arguments ...any) {
	fmt.Fprintf(os.Stderr, "golayouts: "+format+"\n", arguments...)
	os.Exit(1)
}
