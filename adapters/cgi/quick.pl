#!/usr/bin/perl
# xmailcfg-quick.cgi: what stay-ask.ts does, in a language that starts in a tenth of the time of Node. It asks the process
# that stayed from an earlier request (panel.stay) and becomes xmailcfg.cgi itself where there is none. Whatever it does
# not understand is for xmailcfg.cgi, too. Only what Perl has built in, for Linux.
use strict;

my ($REQUEST, $BODY, $BODY_END, $TAKEN, $REFUSED, $OUTPUT, $ERRORS, $EXIT) = (1, 2, 3, 11, 12, 13, 14, 15);
my ($AF_UNIX, $SOCK_STREAM, $MSG_DONTWAIT) = (1, 1, 0x40);
# Their names would cost a module.
my ($EINTR, $EAGAIN) = (4, 11);
my ($PATIENCE, $BLOCK, $MOST) = (2, 65536, 4 * 1024 * 1024);
$SIG{PIPE} = 'IGNORE';

my $back;
my $called = $0 =~ m{^/} ? $0 : readlink('/proc/self/cwd') . "/$0";
my $real = $called;
for (1 .. 20) {
    my $to = readlink $real;
    last if !defined $to;
    $real = $to =~ m{^/} ? $to : folder_of($real) . "/$to";
}
my $home = folder_of($real);
my $configuration = configuration();
my $socket = $^O ne 'linux' || $configuration eq '' ? undef : connected($configuration);
become_the_program() if !$socket;

my $method = defined $ENV{REQUEST_METHOD} ? $ENV{REQUEST_METHOD} : 'GET';
my $length = defined $ENV{CONTENT_LENGTH} ? $ENV{CONTENT_LENGTH} : '';
my $left = $length =~ /^\d{1,15}$/ ? $length : defined $ENV{HTTP_TRANSFER_ENCODING} ? -1 : 0;
my $repeatable = $method =~ /^(?:GET|HEAD)$/ && $left == 0;
my ($taken, $answered, $in, $out) = (0, 0, '', '');
my $more = !$repeatable;
$out = frame($REQUEST, join("\0", map { "$_=$ENV{$_}" } keys %ENV));
$out .= frame($BODY_END, '') if $repeatable;
relay();

# Sends what is to be sent and takes what comes, neither waiting for the other.
sub relay {
    while (1) {
        $out = next_block() if $out eq '' && $taken && $more;
        my ($reads, $writes) = ('', '');
        vec($reads, fileno($socket), 1) = 1;
        vec($writes, fileno($socket), 1) = 1 if $out ne '';
        my $ready = select($reads, $writes, undef, $taken ? undef : $PATIENCE);
        next if $ready < 0;
        become_the_program() if $ready == 0;
        if (vec($reads, fileno($socket), 1)) {
            my $got = sysread($socket, $in, $BLOCK, length $in);
            next if !defined $got && $! == $EINTR;
            return ended() if !$got;
            take_frames();
        }
        if ($out ne '' && vec($writes, fileno($socket), 1)) {
            my $sent = send($socket, $out, $MSG_DONTWAIT);
            # Gone or busy: reading tells which.
            substr($out, 0, $sent) = '' if defined $sent;
        }
    }
}

sub take_frames {
    while (length $in >= 5) {
        my ($kind, $size) = unpack 'CN', $in;
        return ended() if $size > $MOST;
        return if length $in < 5 + $size;
        my $bytes = substr $in, 5, $size;
        substr($in, 0, 5 + $size) = '';
        if ($kind == $OUTPUT) { $answered = 1; write_all($bytes) }
        elsif ($kind == $EXIT) { exit ord $bytes }
        elsif ($kind == $ERRORS) { syswrite STDERR, $bytes }
        elsif ($kind == $TAKEN) { $taken = 1 }
        elsif ($kind == $REFUSED) { become_the_program() }
    }
}

sub next_block {
    my $block = '';
    if ($left != 0) {
        my $got;
        do { $got = sysread STDIN, $block, $left > 0 && $left < $BLOCK ? $left : $BLOCK }
          while !defined $got && ($! == $EINTR || ($! == $EAGAIN && wait_for(\*STDIN, 0)));
        $left -= length $block if $left > 0;
    }
    $more = 0 if $block eq '';
    return $block eq '' ? frame($BODY_END, '') : frame($BODY, $block);
}

# The connection ended before the answer did. What could have changed something is never asked twice.
sub ended {
    become_the_program() if !$taken || ($repeatable && !$answered);
    fail('The process that stayed ended in the middle of a request.');
}

sub fail {
    my $message = shift;
    my $path = defined $ENV{PATH_INFO} ? $ENV{PATH_INFO} : '';
    $path =~ s/(["\\]|[\0-\x1f])/sprintf '\\u%04x', ord $1/ge;
    syswrite STDERR, qq({"program":"xmailcfg-quick.cgi","level":"error","message":"$message","path":"$path"}\n);
    exit 1 if $answered;
    my $person = ($ENV{HTTP_ACCEPT} || '') =~ m{text/html};
    my $body = $person ? <<'PAGE' : <<'PROBLEM';
@PAGE@
PAGE
@PROBLEM@
PROBLEM
    my @head = ('Status: 500 Internal Server Error', $person ? '@PAGE HEAD@' : '@PROBLEM HEAD@');
    write_all(join("\r\n", @head) . "\r\n\r\n" . (($ENV{REQUEST_METHOD} || '') eq 'HEAD' ? '' : $body));
    exit 1;
}

sub become_the_program {
    close $socket if $socket;
    chdir $back if $back;
    # With no arguments: a query without = would be one.
    exec { "$home/xmailcfg.cgi" } "$home/xmailcfg.cgi";
    fail('xmailcfg.cgi does not stand beside this program, or cannot be started.');
}

# The file that xmailcfg.cgi would take, by its whole name; '' to leave it to xmailcfg.cgi.
sub configuration {
    my @files = $ENV{XMAILCFG_CONFIG} || map { folder_of($_) . '/xmailcfg.config.json' } $called, $real;
    for my $file (@files) {
        next if !-e $file;
        return '' if $file !~ m{^/} || $file =~ m{//|/\.\.?(?:/|$)};
        return $ENV{XMAILCFG_CONFIG} = $file;
    }
    return '';
}

# A socket of this user in a folder of this user which nobody else may enter; no links. Perl has no JSON at hand: what is
# misread here leads to no socket, and so to xmailcfg.cgi.
sub connected {
    my $file = shift;
    open my $reading, '<', $file or return;
    my $text = do { local $/; <$reading> };
    return if $text !~ /"stay"\s*:\s*[1-9]/ || $text !~ m{"state"\s*:\s*"(/[^"\\]*)"};
    my $folder = "$1/stay";
    my $name = join '-', map { my @stat = stat $_; join '.', @stat[1, 7, 9] } "$home/xmailcfg-cgi.cjs", $file;
    my @seen = lstat $folder or return;
    return if !own_folder(@seen);
    opendir $back, '.' or return;
    chdir $folder or return;
    my @here = lstat '.';
    my $found;
    if (own_folder(@here) && $here[0] == $seen[0] && $here[1] == $seen[1]) {
        my @socket = lstat $name;
        if (@socket && ($socket[2] & 0170000) == 0140000 && $socket[4] == $>) {
            $found = undef if !socket($found, $AF_UNIX, $SOCK_STREAM, 0);
            $found = undef if $found && !connect($found, pack('Sa108', $AF_UNIX, $name));
        }
    }
    chdir $back;
    return $found;
}

sub own_folder {
    my @stat = @_;
    return @stat && ($stat[2] & 0170000) == 0040000 && $stat[4] == $> && ($stat[2] & 0077) == 0;
}

sub folder_of {
    my ($folder) = $_[0] =~ m{^(.*)/};
    return $folder;
}

sub frame {
    my ($kind, $bytes) = @_;
    return pack('CN', $kind, length $bytes) . $bytes;
}

sub write_all {
    my $bytes = shift;
    for (my $at = 0; $at < length $bytes;) {
        my $count = syswrite STDOUT, $bytes, length($bytes) - $at, $at;
        if (defined $count) { $at += $count }
        elsif ($! == $EAGAIN) { wait_for(\*STDOUT, 1) }
        # Nobody reads any more.
        elsif ($! != $EINTR) { exit 0 }
    }
}

sub wait_for {
    my ($file, $writing) = @_;
    my $ready = '';
    vec($ready, fileno($file), 1) = 1;
    select($writing ? undef : $ready, $writing ? $ready : undef, undef, undef);
    return 1;
}
